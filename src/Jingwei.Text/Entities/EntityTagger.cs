using Jingwei.Text.Lexicons;
using Jingwei.Text.Sequences;

namespace Jingwei.Text.Entities;

/// <summary>
/// Labels entities of general text: address, book, company, game, government, movie, name, organization, position, scene. Safe
/// to use from several threads.
/// </summary>
public sealed class EntityTagger
{
    private readonly SequenceTagger tagger;

    internal EntityTagger(WordTable lexicon, ChainModel model) => tagger = new SequenceTagger(lexicon, model, EntityTask.Create().Features);

    /// <summary>The entities of a text, in order; none overlap.</summary>
    public IReadOnlyList<TextSpan> Tag(ReadOnlySpan<char> text)
    {
        var spans = new List<TextSpan>();
        tagger.Tag(text, spans);
        return spans;
    }
}
