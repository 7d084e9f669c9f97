package portal.distribution;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.function.Function;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymFilter;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.analysis.synonym.WordnetSynonymParser;
import org.apache.lucene.util.CharsRef;
import org.apache.lucene.util.CharsRefBuilder;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalysisMode;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.CustomAnalyzer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/**
 * The filters {@code synonym} and {@code synonym_graph}; rules from {@code synonyms} or {@code synonyms_path}.
 *
 * <p>The rules are read with the part of the analyzer that stands before the filter, so the filter is finished only
 * when its place in the chain is known.
 *
 * <p>The official filters also take {@code synonyms_set}; the sets' own interface needs a module that is not published
 * (reindex), so it is refused here.
 */
final class Synonyms implements TokenFilterFactory {
    private final String name;
    private final boolean graph;
    private final Environment environment;
    private final Settings settings;
    private final boolean expand;
    private final boolean lenient;
    private final AnalysisMode mode;

    Synonyms(String name, boolean graph, Environment environment, Settings settings) {
        this.name = name;
        this.graph = graph;
        this.environment = environment;
        this.settings = settings;
        this.expand = settings.getAsBoolean("expand", true);
        boolean updateable = settings.getAsBoolean("updateable", false);
        this.lenient = settings.getAsBoolean("lenient", updateable);
        this.mode = updateable ? AnalysisMode.SEARCH_TIME : AnalysisMode.ALL;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AnalysisMode getAnalysisMode() {
        return mode;
    }

    @Override
    public TokenStream create(TokenStream input) {
        throw new IllegalStateException("The place of [" + name + "] in its analyzer is not known yet");
    }

    @Override
    public TokenFilterFactory getChainAwareTokenFilterFactory(
        IndexCreationContext context,
        TokenizerFactory tokenizer,
        List<CharFilterFactory> charFilters,
        List<TokenFilterFactory> previousFilters,
        Function<String, TokenFilterFactory> allFilters
    ) {
        Analyzer analyzer = new CustomAnalyzer(
            tokenizer,
            charFilters.toArray(CharFilterFactory[]::new),
            previousFilters.stream().map(TokenFilterFactory::getSynonymFilter).toArray(TokenFilterFactory[]::new)
        );
        return new Placed(name, graph, build(analyzer), mode);
    }

    private SynonymMap build(Analyzer analyzer) {
        try (Reader rules = rules()) {
            SynonymMap.Parser parser = "wordnet".equalsIgnoreCase(settings.get("format", ""))
                ? new WordnetSynonymParser(true, expand, analyzer)
                : new SolrRules(expand, lenient, analyzer);
            parser.parse(rules);
            return parser.build();
        } catch (IOException | ParseException | RuntimeException exception) {
            throw new IllegalArgumentException("failed to build synonyms of [" + name + "]", exception);
        }
    }

    private Reader rules() {
        List<String> rules = Analysis.getWordList(environment, settings, "synonyms");
        if (rules == null) {
            throw new IllegalArgumentException("synonym requires `synonyms` or `synonyms_path` to be configured");
        }
        return new StringReader(String.join("\n", rules));
    }

    /** The filter at its place, with the rules read. */
    private record Placed(String name, boolean graph, SynonymMap rules, AnalysisMode mode)
        implements TokenFilterFactory {
        @Override
        @SuppressWarnings("deprecation") // The official filter "synonym" is this one, too.
        public TokenStream create(TokenStream input) {
            if (rules.fst == null) {
                return input;
            }
            return graph ? new SynonymGraphFilter(input, rules, false) : new SynonymFilter(input, rules, false);
        }

        /** A later synonym filter reads its rules as they are written, not expanded by this one. */
        @Override
        public TokenFilterFactory getSynonymFilter() {
            return IDENTITY_FILTER;
        }

        @Override
        public AnalysisMode getAnalysisMode() {
            return mode;
        }
    }

    /** Rules in Solr's notation; a lenient parser leaves out those that the analyzer cannot read. */
    private static final class SolrRules extends SolrSynonymParser {
        private static final CharsRef UNREADABLE = new CharsRef();
        private final boolean lenient;

        SolrRules(boolean expand, boolean lenient, Analyzer analyzer) {
            super(true, expand, analyzer);
            this.lenient = lenient;
        }

        @Override
        public CharsRef analyze(String text, CharsRefBuilder reuse) throws IOException {
            try {
                return super.analyze(text, reuse);
            } catch (IllegalArgumentException exception) {
                if (lenient) {
                    return UNREADABLE;
                }
                throw exception;
            }
        }

        @Override
        public void add(CharsRef input, CharsRef output, boolean includeOriginal) {
            if (!lenient || (input.length > 0 && output.length > 0)) {
                super.add(input, output, includeOriginal);
            }
        }
    }
}
