using Jingwei.Text.Lexicons;
using Jingwei.Text.Sequences;

namespace Jingwei.Text.Spans;

/// <summary>Labels the spans of emergency reports: Time, Location, Participant, Object, Denoter. Safe to use from several threads.</summary>
public sealed class SpanTagger
{
    private readonly SequenceTagger tagger;

    internal SpanTagger(WordTable lexicon, ChainModel model) => tagger = new SequenceTagger(lexicon, model, SpanTask.Create().Features);

    /// <summary>The spans of a text, in order; none overlap.</summary>
    public IReadOnlyList<TextSpan> Tag(ReadOnlySpan<char> text)
    {
        var spans = new List<TextSpan>();
        tagger.Tag(text, spans);
        return spans;
    }
}
