namespace Jingwei.Civic.Documents;

internal static class BoundedRead
{
    /// <summary>All bytes of a stream, but at most one beyond the limit, which says that there are more.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int limit, CancellationToken cancel)
    {
        var bytes = new byte[Math.Min(limit, 1 << 16)];
        var length = 0;
        while (true)
        {
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min((long)limit + 1, bytes.Length * 2L));
            }

            var read = await stream.ReadAsync(bytes.AsMemory(length), cancel);
            length += read;
            if (read == 0 || length > limit)
            {
                return bytes.AsMemory(0, length);
            }
        }
    }
}
