package portal.distribution;

import org.elasticsearch.common.settings.Settings;

/** The shortest and longest piece that an n-gram tokenizer or filter cuts. */
record Grams(int min, int max) {
    static Grams of(Settings settings) {
        return new Grams(settings.getAsInt("min_gram", 1), settings.getAsInt("max_gram", 2));
    }

    /** As {@link #of}, refusing a range wider than the index setting {@code max_ngram_diff}. */
    static Grams within(int maxDifference, Settings settings) {
        Grams grams = of(settings);
        int difference = grams.max - grams.min;
        if (difference > maxDifference) {
            throw new IllegalArgumentException(
                "The difference between max_gram and min_gram in NGram Tokenizer must be less than or equal to: ["
                    + maxDifference + "] but was [" + difference
                    + "]. This limit can be set by changing the [index.max_ngram_diff] index level setting."
            );
        }
        return grams;
    }
}
