package portal.distribution;

import java.util.Map;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.core.StopAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The ready-made analyzers, by official name. */
final class Analyzers {
    private Analyzers() {}

    static Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> all() {
        return Map.of(
            "cjk", analyzer((environment, settings) ->
                new CJKAnalyzer(stopWords(environment, settings, CJKAnalyzer.getDefaultStopSet()))),
            "keyword", analyzer((environment, settings) -> new KeywordAnalyzer()),
            "simple", analyzer((environment, settings) -> new SimpleAnalyzer()),
            "stop", analyzer((environment, settings) ->
                new StopAnalyzer(stopWords(environment, settings, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET))),
            "whitespace", analyzer((environment, settings) -> new WhitespaceAnalyzer())
        );
    }

    private static CharArraySet stopWords(Environment environment, Settings settings, CharArraySet unlessGiven) {
        return Analysis.parseStopWords(environment, settings, unlessGiven);
    }

    private static AnalysisProvider<AnalyzerProvider<? extends Analyzer>> analyzer(Maker maker) {
        return (index, environment, name, settings) -> new Provider(name, settings, maker.make(environment, settings));
    }

    @FunctionalInterface
    private interface Maker {
        Analyzer make(Environment environment, Settings settings);
    }

    private static final class Provider extends AbstractIndexAnalyzerProvider<Analyzer> {
        private final Analyzer analyzer;

        Provider(String name, Settings settings, Analyzer analyzer) {
            super(name, settings);
            this.analyzer = analyzer;
        }

        @Override
        public Analyzer get() {
            return analyzer;
        }
    }
}
