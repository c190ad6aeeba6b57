namespace Jingwei.Text.Sequences;

/// <summary>
/// Kinds of spans written as one tag a character: 0 outside, then for each kind begin, inside, end, single (BIOES).
/// </summary>
internal sealed class LabelScheme
{
    /// <summary>Tags are padded to this many, so that rows of weights fill whole vectors.</summary>
    private const int Lane = 8;

    private const int TagsPerKind = 4;

    internal LabelScheme(IReadOnlyList<string> kinds)
    {
        Kinds = kinds;
        Tags = 1 + (TagsPerKind * kinds.Count);
        Stride = (Tags + Lane - 1) / Lane * Lane;
        Allowed = new bool[Tags * Tags];
        for (var from = 0; from < Tags; from++)
        {
            for (var to = 0; to < Tags; to++)
            {
                Allowed[(from * Tags) + to] = IsOpen(from) ? IsContinuation(to) && KindOf(from) == KindOf(to) : !IsContinuation(to);
            }
        }

        Before = [.. Enumerable.Range(0, Tags).Select(to => Enumerable.Range(0, Tags).Where(from => Allowed[(from * Tags) + to]).Select(from => (byte)from).ToArray())];
    }

    internal IReadOnlyList<string> Kinds { get; }

    /// <summary>Number of tags.</summary>
    internal int Tags { get; }

    /// <summary>Number of tags, padded.</summary>
    internal int Stride { get; }

    /// <summary>Whether tag [from * Tags + to] may follow.</summary>
    internal bool[] Allowed { get; }

    /// <summary>The tags that may come before each.</summary>
    internal byte[][] Before { get; }

    internal static int KindOf(int tag) => (tag - 1) / TagsPerKind;

    /// <summary>Whether a sequence may begin with the tag.</summary>
    internal static bool MayBegin(int tag) => !IsContinuation(tag);

    /// <summary>Whether a sequence may end with the tag.</summary>
    internal static bool MayEnd(int tag) => !IsOpen(tag);

    internal static bool IsOpen(int tag) => tag > 0 && (tag - 1) % TagsPerKind is 0 or 1;

    internal static bool IsContinuation(int tag) => tag > 0 && (tag - 1) % TagsPerKind is 1 or 2;

    /// <summary>Writes a span's tags; false where another span lies there already or the kind is none of the scheme's.</summary>
    internal bool Mark(Span<byte> tags, int start, int end, string label)
    {
        var kind = -1;
        for (var i = 0; i < Kinds.Count; i++)
        {
            kind = Kinds[i] == label ? i : kind;
        }

        if (kind < 0 || start < 0 || end > tags.Length || start >= end || tags[start..end].ContainsAnyExcept((byte)0))
        {
            return false;
        }

        var first = 1 + (kind * TagsPerKind);
        tags[start..end].Fill((byte)(first + 1));
        tags[start] = (byte)first;
        tags[end - 1] = (byte)(first + 2);
        if (end - start == 1)
        {
            tags[start] = (byte)(first + 3);
        }

        return true;
    }

    /// <summary>The spans that tags say, shifted by an offset.</summary>
    internal void Collect(ReadOnlySpan<byte> tags, int offset, List<TextSpan> spans)
    {
        var start = 0;
        for (var i = 0; i < tags.Length; i++)
        {
            var tag = tags[i];
            if (tag == 0)
            {
                continue;
            }

            if (!IsContinuation(tag))
            {
                start = i;
            }

            if (!IsOpen(tag))
            {
                spans.Add(new TextSpan(Kinds[KindOf(tag)], offset + start, offset + i + 1));
            }
        }
    }
}
