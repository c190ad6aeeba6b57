namespace Jingwei.Ledger.Tiles;

/// <summary>The tiles that were read last, up to a number of bytes; what was not used for longest goes first.</summary>
internal sealed class TileCache(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Tile, LinkedListNode<(Tile Tile, byte[] Bytes)>> found = [];
    private readonly LinkedList<(Tile Tile, byte[] Bytes)> byUse = [];
    private long bytes;

    public byte[]? Get(Tile tile)
    {
        lock (gate)
        {
            if (!found.TryGetValue(tile, out var node))
            {
                return null;
            }

            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value.Bytes;
        }
    }

    public void Set(Tile tile, byte[] content)
    {
        lock (gate)
        {
            if (content.Length > capacity || found.ContainsKey(tile))
            {
                return;
            }

            found.Add(tile, byUse.AddFirst((tile, content)));
            bytes += content.Length;
            while (bytes > capacity)
            {
                var oldest = byUse.Last!;
                byUse.RemoveLast();
                found.Remove(oldest.Value.Tile);
                bytes -= oldest.Value.Bytes.Length;
            }
        }
    }
}
