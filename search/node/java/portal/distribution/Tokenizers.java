package portal.distribution;

import static org.elasticsearch.index.analysis.TokenizerFactory.newFactory;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.LetterTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.path.PathHierarchyTokenizer;
import org.apache.lucene.analysis.path.ReversePathHierarchyTokenizer;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The tokenizers, by official name. */
final class Tokenizers {
    private static final int BUFFER = 256;
    private static final int PATH_BUFFER = 1024;

    private Tokenizers() {}

    static Map<String, AnalysisProvider<TokenizerFactory>> all() {
        Map<String, AnalysisProvider<TokenizerFactory>> tokenizers = new TreeMap<>();
        tokenizers.put("char_group", tokenizer(Tokenizers::charGroup));
        tokenizers.put("edge_ngram", tokenizer(Tokenizers::edgeNgram));
        tokenizers.put("keyword", tokenizer(Tokenizers::keyword));
        tokenizers.put("letter", tokenizer(settings -> LetterTokenizer::new));
        tokenizers.put("ngram", (index, environment, name, settings) ->
            newFactory(name, ngram(settings, index.getMaxNgramDiff())));
        tokenizers.put("path_hierarchy", tokenizer(Tokenizers::pathHierarchy));
        tokenizers.put("pattern", tokenizer(Tokenizers::pattern));
        tokenizers.put("whitespace", tokenizer(Tokenizers::whitespace));
        return tokenizers;
    }

    private static Supplier<Tokenizer> charGroup(Settings settings) {
        int maxLength = settings.getAsInt("max_token_length", CharTokenizer.DEFAULT_MAX_WORD_LEN);
        IntPredicate separator = settings.getAsList("tokenize_on_chars").stream()
            .map(Tokenizers::separator)
            .reduce(character -> false, IntPredicate::or);
        return () -> new CharTokenizer(TokenStream.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, maxLength) {
            @Override
            protected boolean isTokenChar(int character) {
                return !separator.test(character);
            }
        };
    }

    private static IntPredicate separator(String written) {
        if (written.length() > 1 && written.charAt(0) != '\\') {
            return CharacterClasses.named(written);
        }
        String decoded = written.length() == 1 ? written : Escapes.decode(written);
        if (decoded.length() != 1) {
            throw new IllegalArgumentException("Invalid character in tokenize_on_chars: [" + written + "]");
        }
        return character -> character == decoded.charAt(0);
    }

    private static Supplier<Tokenizer> edgeNgram(Settings settings) {
        Grams grams = Grams.of(settings);
        IntPredicate kept = CharacterClasses.tokenChars(settings);
        return () -> new EdgeNGramTokenizer(grams.min(), grams.max()) {
            @Override
            protected boolean isTokenChar(int character) {
                return kept.test(character);
            }
        };
    }

    private static Supplier<Tokenizer> ngram(Settings settings, int maxDifference) {
        Grams grams = Grams.within(maxDifference, settings);
        IntPredicate kept = CharacterClasses.tokenChars(settings);
        return () -> new NGramTokenizer(grams.min(), grams.max()) {
            @Override
            protected boolean isTokenChar(int character) {
                return kept.test(character);
            }
        };
    }

    private static Supplier<Tokenizer> keyword(Settings settings) {
        int buffer = settings.getAsInt("buffer_size", BUFFER);
        return () -> new KeywordTokenizer(buffer);
    }

    private static Supplier<Tokenizer> pathHierarchy(Settings settings) {
        int buffer = settings.getAsInt("buffer_size", PATH_BUFFER);
        char delimiter = character(settings, "delimiter", PathHierarchyTokenizer.DEFAULT_DELIMITER);
        char replacement = character(settings, "replacement", delimiter);
        int skip = settings.getAsInt("skip", PathHierarchyTokenizer.DEFAULT_SKIP);
        if (settings.getAsBoolean("reverse", false)) {
            return () -> new ReversePathHierarchyTokenizer(buffer, delimiter, replacement, skip);
        }
        return () -> new PathHierarchyTokenizer(buffer, delimiter, replacement, skip);
    }

    private static char character(Settings settings, String parameter, char unlessGiven) {
        String value = settings.get(parameter, String.valueOf(unlessGiven));
        if (value.length() != 1) {
            throw new IllegalArgumentException(parameter + " must be a one char value");
        }
        return value.charAt(0);
    }

    private static Supplier<Tokenizer> pattern(Settings settings) {
        Pattern pattern = Regex.compile(settings.get("pattern", "\\W+"), settings.get("flags"));
        int group = settings.getAsInt("group", -1);
        return () -> new PatternTokenizer(pattern, group);
    }

    private static Supplier<Tokenizer> whitespace(Settings settings) {
        int maxLength = settings.getAsInt("max_token_length", StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH);
        return () -> new WhitespaceTokenizer(TokenStream.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, maxLength);
    }

    private static AnalysisProvider<TokenizerFactory> tokenizer(Maker maker) {
        return (index, environment, name, settings) -> newFactory(name, maker.from(settings));
    }

    /** Reads the parameters once; what it returns makes a tokenizer for every text. */
    @FunctionalInterface
    private interface Maker {
        Supplier<Tokenizer> from(Settings settings);
    }
}
