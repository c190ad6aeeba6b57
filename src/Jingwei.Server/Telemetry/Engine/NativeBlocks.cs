using System.Runtime.InteropServices;

namespace Jingwei.Server.Telemetry.Engine;

/// <summary>
/// Reads ClickHouse's Native format: blocks, each with the numbers of its columns and rows, then name, type and all cells of one column after the
/// other; numbers little-endian, lengths as LEB128. Only columns of fixed width can be read.
/// </summary>
internal ref struct NativeBlocks(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Rows of the block at hand.</summary>
    public int Rows { get; private set; }

    /// <summary>Goes to the next block that has rows; then <see cref="Column{T}"/> for each of its columns. False: there is none.</summary>
    public bool Next()
    {
        while (!rest.IsEmpty)
        {
            var columns = Length();
            Rows = Length();
            if (Rows > 0)
            {
                return true;
            }

            for (var column = 0; column < columns; column++)
            {
                Head();
            }
        }

        return false;
    }

    /// <summary>The cells of the next column; they belong to the engine, and are gone when the reader returns.</summary>
    /// <typeparam name="T">As wide as the column's type.</typeparam>
    public ReadOnlySpan<T> Column<T>() where T : unmanaged
    {
        Head();
        return MemoryMarshal.Cast<byte, T>(Take(Rows * Marshal.SizeOf<T>()));
    }

    // Name and type.
    private void Head()
    {
        Take(Length());
        Take(Length());
    }

    private int Length()
    {
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Take(1)[0];
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return length;
            }
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}

/// <summary>Turns the blocks of an answer into what the caller wants; runs on the connection's thread.</summary>
internal delegate T BlockReader<out T>(NativeBlocks blocks);
