package portal.distribution;

import static org.elasticsearch.plugins.AnalysisPlugin.requiresAnalysisSettings;

import java.io.Reader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingCharFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The character filters, by official name. */
final class CharFilters {
    private CharFilters() {}

    static Map<String, AnalysisProvider<CharFilterFactory>> all() {
        return Map.of(
            "html_strip",
            (index, environment, name, settings) -> new Plain(name, htmlStrip(settings)),
            "mapping",
            requiresAnalysisSettings((index, environment, name, settings) ->
                new Normalizing(name, mapping(environment, settings))),
            "pattern_replace",
            requiresAnalysisSettings((index, environment, name, settings) ->
                new Normalizing(name, patternReplace(settings)))
        );
    }

    private static UnaryOperator<Reader> htmlStrip(Settings settings) {
        Set<String> keptTags = Set.copyOf(settings.getAsList("escaped_tags"));
        return text -> new HTMLStripCharFilter(text, keptTags);
    }

    private static UnaryOperator<Reader> mapping(Environment environment, Settings settings) {
        List<String> lines = Analysis.getWordList(environment, settings, "mappings");
        if (lines == null) {
            throw new IllegalArgumentException(
                "mapping requires either `mappings` or `mappings_path` to be configured");
        }
        NormalizeCharMap.Builder builder = new NormalizeCharMap.Builder();
        lines.stream().map(Rule::parse).forEach(rule -> builder.add(rule.from(), rule.to()));
        NormalizeCharMap map = builder.build();
        return text -> new MappingCharFilter(map, text);
    }

    private static UnaryOperator<Reader> patternReplace(Settings settings) {
        String expression = settings.get("pattern");
        if (!Strings.hasLength(expression)) {
            throw new IllegalArgumentException("pattern is missing for a char filter of type 'pattern_replace'");
        }
        Pattern pattern = Regex.compile(expression, settings.get("flags"));
        String replacement = settings.get("replacement", "");
        return text -> new PatternReplaceCharFilter(pattern, replacement, text);
    }

    private record Plain(String name, UnaryOperator<Reader> step) implements CharFilterFactory {
        @Override
        public Reader create(Reader text) {
            return step.apply(text);
        }
    }

    /** Usable in normalizers too. */
    private record Normalizing(String name, UnaryOperator<Reader> step) implements NormalizingCharFilterFactory {
        @Override
        public Reader create(Reader text) {
            return step.apply(text);
        }
    }
}
