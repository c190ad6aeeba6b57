namespace Jingwei.Text.Corpora;

/// <summary>A text with its right spans.</summary>
/// <param name="Id">Its id in the corpus.</param>
/// <param name="Title">Its title; null where it has none.</param>
/// <param name="ReportTime">When it was reported, as written; null where that is not known.</param>
/// <param name="Text">The text.</param>
/// <param name="Spans">The right spans, each once.</param>
internal sealed record LabelledText(string Id, string? Title, string? ReportTime, string Text, IReadOnlyList<TextSpan> Spans)
{
    /// <summary>The part, of so many, that the text falls into: by its id alone, so that every run on every machine splits alike (FNV-1a).</summary>
    internal int Part(int parts) => PartOf(Id, parts);

    /// <inheritdoc cref="Part"/>
    internal static int PartOf(string id, int parts)
    {
        var hash = 2166136261;
        foreach (var character in id)
        {
            hash = (hash ^ character) * 16777619;
        }

        return (int)((hash ^ (hash >> 15)) % (uint)parts);
    }
}
