namespace Jingwei.Mqtt.Subscribing;

/// <summary>One level of one or more filters: 40 bytes on 64 bits.</summary>
internal struct TopicNode
{
    /// <summary>A filter that passes here; this level is <see cref="Length"/> characters of it from <see cref="Start"/> on. Null: not in use.</summary>
    public string? Text;

    /// <summary>Null, one <see cref="Subscriber"/>, or a <see cref="SubscriberList"/>.</summary>
    public object? Subscribers;

    public int Parent;

    public int Hash;

    /// <summary>The child "+"; 0: none.</summary>
    public int Any;

    /// <summary>The child "#"; 0: none.</summary>
    public int Rest;

    public int Children;

    public ushort Start;

    public ushort Length;

    public readonly bool IsBare => Children == 0 && Subscribers is null;

    /// <summary>Also safe on a node that a writer is changing: the reader finds out afterwards.</summary>
    public readonly bool Is(ReadOnlySpan<char> level) =>
        Text is { } text && Length == level.Length && Start + level.Length <= text.Length && text.AsSpan(Start, level.Length).SequenceEqual(level);
}

/// <summary>
/// The nodes of a tree and a hash table with open addressing from (parent, level) to node. Node 0 is nobody, with no subscribers; node 1
/// is the root. Growing makes a new table, so that who reads the old one reads on in peace.
/// </summary>
internal sealed class NodeTable
{
    private readonly TopicNode[] nodes;
    private readonly int[] slots;
    private int end;
    private int free;

    /// <param name="capacity">Nodes; a power of two.</param>
    public NodeTable(int capacity)
    {
        nodes = new TopicNode[capacity];
        slots = new int[capacity * 2];
        end = 2;
        Count = 1;
    }

    private NodeTable(NodeTable smaller)
        : this(smaller.nodes.Length * 2)
    {
        smaller.nodes.CopyTo(nodes, 0);
        (end, free, Count) = (smaller.end, smaller.free, smaller.Count);
        foreach (var node in smaller.slots)
        {
            if (node != 0)
            {
                Link(node);
            }
        }
    }

    public int Count { get; private set; }

    public bool IsFull => free == 0 && end == nodes.Length;

    public ref TopicNode this[int node] => ref nodes[node];

    public NodeTable Grow() => new(this);

    // Randomised per process by .NET, so that nobody can choose topics that collide.
    public static int HashOf(int parent, ReadOnlySpan<char> level) => (string.GetHashCode(level) ^ parent) * -1640531527;

    /// <summary>The child of this level, wildcards aside; 0: none.</summary>
    public int Find(int parent, ReadOnlySpan<char> level)
    {
        var hash = HashOf(parent, level);
        var at = Slot(hash);
        for (var seen = 0; seen < slots.Length; seen++)
        {
            var node = slots[at];
            if (node == 0)
            {
                return 0;
            }

            ref readonly var found = ref nodes[node];
            if (found.Hash == hash && found.Parent == parent && found.Is(level))
            {
                return node;
            }

            at = (at + 1) & (slots.Length - 1);
        }

        return 0;
    }

    /// <summary>A node that is not in use; there is one unless <see cref="IsFull"/>.</summary>
    public int Take()
    {
        Count++;
        if (free == 0)
        {
            return end++;
        }

        var node = free;
        free = nodes[node].Parent;
        return node;
    }

    public void Free(int node)
    {
        Count--;
        nodes[node] = new() { Parent = free };
        free = node;
    }

    /// <summary>Makes a node findable by its parent and hash.</summary>
    public void Link(int node)
    {
        var at = Slot(nodes[node].Hash);
        while (slots[at] != 0)
        {
            at = (at + 1) & (slots.Length - 1);
        }

        slots[at] = node;
    }

    /// <summary>The opposite; what was put behind it because of it moves up (Knuth, volume 3, section 6.4, algorithm R).</summary>
    public void Unlink(int node)
    {
        var mask = slots.Length - 1;
        var hole = Slot(nodes[node].Hash);
        while (slots[hole] != node)
        {
            hole = (hole + 1) & mask;
        }

        slots[hole] = 0;
        for (var at = (hole + 1) & mask; slots[at] != 0; at = (at + 1) & mask)
        {
            var home = Slot(nodes[slots[at]].Hash);
            if (((at - home) & mask) >= ((at - hole) & mask))
            {
                slots[hole] = slots[at];
                slots[at] = 0;
                hole = at;
            }
        }
    }

    // The multiplication mixed upwards: the upper bits are the good ones.
    private int Slot(int hash) => (int)((uint)hash >> 8 ^ (uint)hash) & (slots.Length - 1);
}
