package portal.distribution;

import static org.elasticsearch.plugins.AnalysisPlugin.requiresAnalysisSettings;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.core.UpperCaseFilter;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.ga.IrishLowerCaseFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.LimitTokenCountFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.TrimFilter;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.lucene.analysis.miscellaneous.DisableGraphAttribute;

/** The token filters, by official name. */
final class TokenFilters {
    private static final Map<String, Integer> CJK_SCRIPTS = Map.of(
        "han", CJKBigramFilter.HAN,
        "hiragana", CJKBigramFilter.HIRAGANA,
        "katakana", CJKBigramFilter.KATAKANA,
        "hangul", CJKBigramFilter.HANGUL
    );

    private TokenFilters() {}

    static Map<String, AnalysisProvider<TokenFilterFactory>> all() {
        Map<String, AnalysisProvider<TokenFilterFactory>> filters = new TreeMap<>();

        filters.put("lowercase", normalizing(TokenFilters::lowercase));
        filters.put("uppercase", normalizing(settings -> UpperCaseFilter::new));
        filters.put("cjk_width", normalizing(settings -> CJKWidthFilter::new));
        filters.put("decimal_digit", normalizing(settings -> DecimalDigitFilter::new));
        filters.put("trim", normalizing(settings -> TrimFilter::new));
        filters.put("pattern_replace", requiresAnalysisSettings(normalizing(TokenFilters::patternReplace)));
        filters.put("asciifolding", (index, environment, name, settings) ->
            new Folding(name, settings.getAsBoolean("preserve_original", false)));

        filters.put("flatten_graph", plain(settings -> FlattenGraphFilter::new));
        filters.put("length", plain(TokenFilters::length));
        filters.put("limit", plain(TokenFilters::limit));
        filters.put("remove_duplicates", plain(settings -> RemoveDuplicatesTokenFilter::new));
        filters.put("reverse", plain(settings -> ReverseStringFilter::new));
        filters.put("truncate", requiresAnalysisSettings(plain(TokenFilters::truncate)));
        filters.put("unique", plain(TokenFilters::unique));

        filters.put("cjk_bigram", (index, environment, name, settings) -> cjkBigram(name, settings));
        filters.put("edge_ngram", (index, environment, name, settings) -> new Splitting(name, edgeNgram(settings)));
        filters.put("ngram", (index, environment, name, settings) ->
            new Splitting(name, ngram(settings, index.getMaxNgramDiff())));
        filters.put("word_delimiter_graph", (index, environment, name, settings) ->
            new Splitting(name, WordDelimiter.filter(environment, settings)));

        filters.put("synonym", requiresAnalysisSettings((index, environment, name, settings) ->
            new Synonyms(name, false, environment, settings)));
        filters.put("synonym_graph", requiresAnalysisSettings((index, environment, name, settings) ->
            new Synonyms(name, true, environment, settings)));
        return filters;
    }

    private static UnaryOperator<TokenStream> lowercase(Settings settings) {
        String language = settings.get("language", "");
        return switch (language) {
            case "" -> LowerCaseFilter::new;
            case "greek" -> GreekLowerCaseFilter::new;
            case "irish" -> IrishLowerCaseFilter::new;
            case "turkish" -> TurkishLowerCaseFilter::new;
            default -> throw new IllegalArgumentException("language [" + language + "] not support for lower case");
        };
    }

    private static UnaryOperator<TokenStream> patternReplace(Settings settings) {
        Pattern pattern = Regex.compile(required(settings, "pattern"), settings.get("flags"));
        String replacement = settings.get("replacement", "");
        boolean all = settings.getAsBoolean("all", true);
        return input -> new PatternReplaceFilter(input, pattern, replacement, all);
    }

    private static UnaryOperator<TokenStream> length(Settings settings) {
        int min = settings.getAsInt("min", 0);
        int max = settings.getAsInt("max", Integer.MAX_VALUE);
        return input -> new LengthFilter(input, min, max);
    }

    private static UnaryOperator<TokenStream> limit(Settings settings) {
        int count = settings.getAsInt("max_token_count", 1);
        boolean consumeAll = settings.getAsBoolean("consume_all_tokens", false);
        return input -> new LimitTokenCountFilter(input, count, consumeAll);
    }

    private static UnaryOperator<TokenStream> truncate(Settings settings) {
        int length = Integer.parseInt(required(settings, "length"));
        return input -> new TruncateTokenFilter(input, length);
    }

    private static UnaryOperator<TokenStream> unique(Settings settings) {
        boolean samePosition = settings.getAsBoolean("only_on_same_position", false);
        return input -> new UniqueTokens(input, samePosition);
    }

    private static UnaryOperator<TokenStream> edgeNgram(Settings settings) {
        int min = settings.getAsInt("min_gram", 1);
        int max = settings.getAsInt("max_gram", 2);
        boolean preserve = settings.getAsBoolean("preserve_original", false);
        String side = settings.get("side", "front");
        return switch (side) {
            case "front" -> input -> new EdgeNGramTokenFilter(input, min, max, preserve);
            case "back" -> input -> new ReverseStringFilter(
                new EdgeNGramTokenFilter(new ReverseStringFilter(input), min, max, preserve));
            default -> throw new IllegalArgumentException("invalid side: " + side);
        };
    }

    private static UnaryOperator<TokenStream> ngram(Settings settings, int maxDifference) {
        Grams grams = Grams.within(maxDifference, settings);
        boolean preserve = settings.getAsBoolean("preserve_original", false);
        return input -> new NGramTokenFilter(input, grams.min(), grams.max(), preserve);
    }

    /** With unigrams a place holds two tokens, which is no path through a graph: phrase queries must not walk it. */
    private static TokenFilterFactory cjkBigram(String name, Settings settings) {
        List<String> ignored = settings.getAsList("ignored_scripts");
        int scripts = CJK_SCRIPTS.keySet().stream()
            .filter(script -> !ignored.contains(script))
            .mapToInt(CJK_SCRIPTS::get)
            .reduce(0, (left, right) -> left | right);
        if (!settings.getAsBoolean("output_unigrams", false)) {
            return new Plain(name, input -> new CJKBigramFilter(input, scripts));
        }
        return new Splitting(name, input -> {
            TokenStream output = new CJKBigramFilter(input, scripts, true);
            output.addAttribute(DisableGraphAttribute.class);
            return output;
        });
    }

    private static String required(Settings settings, String parameter) {
        String value = settings.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException(parameter + " is missing");
        }
        return value;
    }

    private static AnalysisProvider<TokenFilterFactory> plain(Step step) {
        return (index, environment, name, settings) -> new Plain(name, step.from(settings));
    }

    private static AnalysisProvider<TokenFilterFactory> normalizing(Step step) {
        return (index, environment, name, settings) -> new Normalizing(name, step.from(settings));
    }

    /** Reads the parameters once; what it returns wraps every stream to be filtered. */
    @FunctionalInterface
    private interface Step {
        UnaryOperator<TokenStream> from(Settings settings);
    }

    private record Plain(String name, UnaryOperator<TokenStream> step) implements TokenFilterFactory {
        @Override
        public TokenStream create(TokenStream input) {
            return step.apply(input);
        }
    }

    /** Changes characters only, one token for one: usable in normalizers and for prefix and wildcard queries. */
    private record Normalizing(String name, UnaryOperator<TokenStream> step) implements NormalizingTokenFilterFactory {
        @Override
        public TokenStream create(TokenStream input) {
            return step.apply(input);
        }
    }

    /** Makes several tokens of one: cannot stand before a synonym filter, whose rules it would tear apart. */
    private record Splitting(String name, UnaryOperator<TokenStream> step) implements TokenFilterFactory {
        @Override
        public TokenStream create(TokenStream input) {
            return step.apply(input);
        }

        @Override
        public TokenFilterFactory getSynonymFilter() {
            throw new IllegalArgumentException("Token filter [" + name + "] cannot be used to parse synonyms");
        }

        @Override
        public boolean breaksFastVectorHighlighter() {
            return true;
        }
    }

    /** Synonym rules and normalized terms are single tokens: there the original is never kept beside the folded one. */
    private record Folding(String name, boolean preserveOriginal) implements NormalizingTokenFilterFactory {
        @Override
        public TokenStream create(TokenStream input) {
            return new ASCIIFoldingFilter(input, preserveOriginal);
        }

        @Override
        public TokenStream normalize(TokenStream input) {
            return new ASCIIFoldingFilter(input, false);
        }

        @Override
        public TokenFilterFactory getSynonymFilter() {
            return new Folding(name, false);
        }
    }
}
