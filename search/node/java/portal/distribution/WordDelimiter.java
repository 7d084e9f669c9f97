package portal.distribution;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterIterator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;

/** The filter {@code word_delimiter_graph}: cuts identifiers such as GB/T-28223 at delimiters, case and digits. */
final class WordDelimiter {
    private static final Map<String, Integer> FLAGS_ON = Map.of(
        "generate_word_parts", WordDelimiterGraphFilter.GENERATE_WORD_PARTS,
        "generate_number_parts", WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS,
        "split_on_case_change", WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE,
        "split_on_numerics", WordDelimiterGraphFilter.SPLIT_ON_NUMERICS,
        "stem_english_possessive", WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE
    );
    private static final Map<String, Integer> FLAGS_OFF = Map.of(
        "catenate_words", WordDelimiterGraphFilter.CATENATE_WORDS,
        "catenate_numbers", WordDelimiterGraphFilter.CATENATE_NUMBERS,
        "catenate_all", WordDelimiterGraphFilter.CATENATE_ALL,
        "preserve_original", WordDelimiterGraphFilter.PRESERVE_ORIGINAL,
        "ignore_keywords", WordDelimiterGraphFilter.IGNORE_KEYWORDS
    );
    @SuppressWarnings("deprecation") // Only the older filter shows the names of the character types.
    private static final Map<String, Byte> TYPES = Map.of(
        "LOWER", (byte) WordDelimiterFilter.LOWER,
        "UPPER", (byte) WordDelimiterFilter.UPPER,
        "ALPHA", (byte) WordDelimiterFilter.ALPHA,
        "DIGIT", (byte) WordDelimiterFilter.DIGIT,
        "ALPHANUM", (byte) WordDelimiterFilter.ALPHANUM,
        "SUBWORD_DELIM", (byte) WordDelimiterFilter.SUBWORD_DELIM
    );

    private WordDelimiter() {}

    static UnaryOperator<TokenStream> filter(Environment environment, Settings settings) {
        byte[] types = types(Analysis.getWordList(environment, settings, "type_table"));
        int flags = flags(settings, FLAGS_ON, true) | flags(settings, FLAGS_OFF, false);
        boolean adjustOffsets = settings.getAsBoolean("adjust_offsets", true);
        Set<?> words = Analysis.getWordSet(environment, settings, "protected_words");
        CharArraySet kept = words == null ? null : CharArraySet.copy(words);
        return input -> new WordDelimiterGraphFilter(input, adjustOffsets, types, flags, kept);
    }

    private static int flags(Settings settings, Map<String, Integer> flags, boolean unlessGiven) {
        return flags.keySet().stream()
            .filter(parameter -> settings.getAsBoolean(parameter, unlessGiven))
            .mapToInt(flags::get)
            .reduce(0, (left, right) -> left | right);
    }

    private static byte[] types(List<String> table) {
        if (table == null) {
            return WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE;
        }
        List<Rule> rules = table.stream().map(Rule::parse).toList();
        int highest = rules.stream().mapToInt(rule -> rule.from().charAt(0)).max().orElse(0);
        byte[] types = new byte[Math.max(highest + 1, WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE.length)];
        for (int character = 0; character < types.length; character++) {
            types[character] = WordDelimiterIterator.getType(character);
        }
        for (Rule rule : rules) {
            Byte type = TYPES.get(rule.to());
            if (rule.from().length() != 1 || type == null) {
                throw new IllegalArgumentException("Invalid rule in type_table: [" + rule + "]");
            }
            types[rule.from().charAt(0)] = type;
        }
        return types;
    }
}
