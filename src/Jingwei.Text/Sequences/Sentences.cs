namespace Jingwei.Text.Sequences;

/// <summary>Cuts a text where labelling may begin anew: behind full stops and line ends, and anywhere in what runs on too long.</summary>
internal static class Sentences
{
    /// <summary>Characters of a sentence at most, so that one endless line costs no more memory than many short ones.</summary>
    internal const int Longest = 400;

    /// <summary>Where the sentence that starts at a position ends, exclusive.</summary>
    internal static int End(ReadOnlySpan<char> text, int start)
    {
        var limit = Math.Min(text.Length, start + Longest);
        var stop = text[start..limit].IndexOfAny("。！？\n");
        return stop >= 0 ? start + stop + 1 : limit;
    }
}
