namespace Jingwei.Text.Lexicons;

/// <summary>A hash of words that grows character by character, so that every substring from one start costs one step.</summary>
internal static class WordHash
{
    internal const ulong Seed = 0xCBF29CE484222325;

    internal static ulong Extend(ulong hash, char character) => (hash ^ character) * 0x9E3779B97F4A7C15;

    /// <summary>The 32 bits that tables keep of a hash; 0 is kept for an empty slot.</summary>
    internal static uint Finish(ulong hash)
    {
        hash ^= hash >> 29;
        hash *= 0xBF58476D1CE4E5B9;
        var key = (uint)(hash >> 32);
        return key == 0 ? 1 : key;
    }

    internal static uint Of(ReadOnlySpan<char> word)
    {
        var hash = Seed;
        foreach (var character in word)
        {
            hash = Extend(hash, character);
        }

        return Finish(hash);
    }
}
