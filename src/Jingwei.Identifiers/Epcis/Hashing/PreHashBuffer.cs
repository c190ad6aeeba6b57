using System.Runtime.InteropServices;

namespace Jingwei.Identifiers.Epcis.Hashing;

/// <summary>Text in UTF-8 that grows at its end, and whose last pieces can be put in order.</summary>
internal sealed class PreHashBuffer
{
    // An event of a kilobyte needs about as much. What one huge event made of it is not kept.
    private const int Usual = 4096;
    private const int MostKept = 1 << 20;

    private readonly List<int> marks = [];
    private byte[] bytes = new byte[Usual];
    private byte[] ordered = [];
    private int[] order = [];

    public int Length { get; private set; }

    /// <summary>How many pieces are begun.</summary>
    public int Pieces => marks.Count;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear()
    {
        Length = 0;
        marks.Clear();
        if (bytes.Length > MostKept)
        {
            (bytes, ordered, order) = (new byte[Usual], [], []);
        }
    }

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
    }

    public void Append(byte character)
    {
        Room(1)[0] = character;
        Length++;
    }

    /// <summary>Where so many bytes can be written; <see cref="Advance"/> says how many were.</summary>
    public Span<byte> Room(int count)
    {
        if (bytes.Length - Length < count)
        {
            if (Length + (long)count > EventHash.MostBytes)
            {
                throw new EventHashException($"The text that its hash is of has more than {EventHash.MostBytes} bytes: prefixes stand for too much.");
            }

            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        }

        return bytes.AsSpan(Length, bytes.Length - Length);
    }

    public void Advance(int count) => Length += count;

    /// <summary>Takes back what was written after a length.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Begins a piece here.</summary>
    public void Begin() => marks.Add(Length);

    /// <summary>Forgets the pieces begun since there were so many.</summary>
    public void Drop(int since) => marks.RemoveRange(since, marks.Count - since);

    /// <summary>Puts the pieces begun since there were so many in the order of their bytes, and makes them part of the piece around them.</summary>
    public void Order(int since)
    {
        var starts = CollectionsMarshal.AsSpan(marks)[since..];
        if (starts.Length > 1 && !IsOrdered(starts))
        {
            Rearrange(starts);
        }

        marks.RemoveRange(since, starts.Length);
    }

    private bool IsOrdered(ReadOnlySpan<int> starts)
    {
        for (var at = 1; at < starts.Length; at++)
        {
            if (Piece(starts, at - 1).SequenceCompareTo(Piece(starts, at)) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private void Rearrange(ReadOnlySpan<int> starts)
    {
        var first = starts[0];
        if (order.Length < starts.Length)
        {
            order = new int[Math.Max(starts.Length, 16)];
        }

        if (ordered.Length < Length - first)
        {
            ordered = new byte[bytes.Length];
        }

        var places = order.AsSpan(0, starts.Length);
        for (var at = 0; at < places.Length; at++)
        {
            places[at] = at;
        }

        Sort(places, starts);
        var to = 0;
        foreach (var place in places)
        {
            var piece = Piece(starts, place);
            piece.CopyTo(ordered.AsSpan(to));
            to += piece.Length;
        }

        ordered.AsSpan(0, to).CopyTo(bytes.AsSpan(first));
    }

    // Few pieces are the rule; many (a list of EPCs of a pallet) are worth a sort that allocates.
    private void Sort(Span<int> places, ReadOnlySpan<int> starts)
    {
        const int Few = 24;
        if (places.Length > Few)
        {
            var copy = starts.ToArray();
            places.Sort((left, right) => Piece(copy, left).SequenceCompareTo(Piece(copy, right)));
            return;
        }

        for (var at = 1; at < places.Length; at++)
        {
            var place = places[at];
            var to = at;
            for (; to > 0 && Piece(starts, places[to - 1]).SequenceCompareTo(Piece(starts, place)) > 0; to--)
            {
                places[to] = places[to - 1];
            }

            places[to] = place;
        }
    }

    private ReadOnlySpan<byte> Piece(ReadOnlySpan<int> starts, int at) => bytes.AsSpan(starts[at], (at + 1 < starts.Length ? starts[at + 1] : Length) - starts[at]);
}
