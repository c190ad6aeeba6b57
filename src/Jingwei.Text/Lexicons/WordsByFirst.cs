namespace Jingwei.Text.Lexicons;

/// <summary>Words found by their first character without hashing; the longest first.</summary>
internal sealed class WordsByFirst<T>
{
    private readonly (string Word, T Value)[]?[] byFirst = new (string, T)[]?[char.MaxValue + 1];

    internal WordsByFirst(IEnumerable<(string Word, T Value)> words)
    {
        foreach (var group in words.GroupBy(each => each.Word[0]))
        {
            byFirst[group.Key] = [.. group.OrderByDescending(each => each.Word.Length)];
        }
    }

    /// <summary>The words that begin with a character.</summary>
    internal ReadOnlySpan<(string Word, T Value)> Of(char first) => byFirst[first];
}
