using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Jingwei.Server.Telemetry.Engine;

/// <summary>
/// Rows as columns in native memory, lent to the engine by the Arrow C data interface: it reads them in place.
/// Must outlive the query that reads it. Columns hold no nulls.
/// </summary>
internal sealed unsafe class ColumnBatch(int rows) : IDisposable
{
    private readonly List<nint> owned = [];
    private readonly List<(string Name, string Format, nint[] Buffers)> columns = [];

    public int Rows => rows;

    /// <summary>Adds a column of fixed width and returns its cells to be filled.</summary>
    public Span<T> Add<T>(string name) where T : unmanaged
    {
        var cells = (nint)NativeMemory.Alloc((nuint)Math.Max(rows, 1), (nuint)sizeof(T));
        owned.Add(cells);
        columns.Add((name, FormatOf<T>(), [0, cells]));
        return new Span<T>((void*)cells, rows);
    }

    /// <summary>Adds a column whose cells lie in native memory that outlives the batch.</summary>
    public void Lend<T>(string name, nint cells) where T : unmanaged => columns.Add((name, FormatOf<T>(), [0, cells]));

    /// <summary>Adds a column of UTF-8 text; null becomes empty. At most 2 GiB of text in all (Arrow's 32-bit offsets).</summary>
    public void AddText(string name, IEnumerable<string?> texts)
    {
        var offsets = (int*)Allocate((rows + 1) * sizeof(int));
        var bytes = new ArrayBufferOfText();
        var row = 0;
        offsets[0] = 0;
        foreach (var text in texts)
        {
            bytes.Append(text);
            offsets[++row] = bytes.Length;
        }

        var data = Allocate(Math.Max(bytes.Length, 1));
        bytes.Written.CopyTo(new Span<byte>((void*)data, bytes.Length));
        columns.Add((name, "u", [0, (nint)offsets, data]));
    }

    /// <summary>Writes the two structures that describe the batch; they live as long as it does.</summary>
    public void Export(out ArrowSchema* schema, out ArrowArray* array)
    {
        schema = NewSchema("+s", "");
        array = NewArray([0], columns.Count);
        schema->ChildCount = columns.Count;
        schema->Children = (ArrowSchema**)Allocate(columns.Count * sizeof(nint));
        for (var index = 0; index < columns.Count; index++)
        {
            var (name, format, buffers) = columns[index];
            schema->Children[index] = NewSchema(format, name);
            array->Children[index] = NewArray(buffers, 0);
        }
    }

    public void Dispose()
    {
        foreach (var block in owned)
        {
            NativeMemory.Free((void*)block);
        }

        owned.Clear();
    }

    private ArrowSchema* NewSchema(string format, string name)
    {
        var schema = (ArrowSchema*)Allocate(sizeof(ArrowSchema));
        *schema = new ArrowSchema { Format = Text(format), Name = Text(name), Release = &ReleaseSchema };
        return schema;
    }

    private ArrowArray* NewArray(nint[] buffers, int children)
    {
        var array = (ArrowArray*)Allocate(sizeof(ArrowArray));
        *array = new ArrowArray
        {
            Length = rows,
            BufferCount = buffers.Length,
            Buffers = (void**)Allocate(buffers.Length * sizeof(nint)),
            ChildCount = children,
            Children = children == 0 ? null : (ArrowArray**)Allocate(children * sizeof(nint)),
            Release = &ReleaseArray,
        };
        for (var index = 0; index < buffers.Length; index++)
        {
            array->Buffers[index] = (void*)buffers[index];
        }

        return array;
    }

    private nint Allocate(int bytes)
    {
        var block = (nint)NativeMemory.AllocZeroed((nuint)bytes);
        owned.Add(block);
        return block;
    }

    private byte* Text(string text)
    {
        var block = (byte*)Allocate(Encoding.UTF8.GetByteCount(text) + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(block, Encoding.UTF8.GetByteCount(text)));
        return block;
    }

    private static string FormatOf<T>() where T : unmanaged =>
        typeof(T) == typeof(ulong) ? "L"
        : typeof(T) == typeof(long) ? "l"
        : typeof(T) == typeof(double) ? "g"
        : typeof(T) == typeof(byte) ? "C"
        : throw new NotSupportedException(typeof(T).Name);

    // A released structure is marked by a null callback; the memory is the batch's own and goes with it.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseSchema(ArrowSchema* schema) => schema->Release = null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseArray(ArrowArray* array) => array->Release = null;

    private sealed class ArrayBufferOfText
    {
        private byte[] bytes = new byte[256];

        public int Length { get; private set; }

        public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

        public void Append(string? text)
        {
            if (string.IsNullOrEmpty(text))
            {
                return;
            }

            var size = Encoding.UTF8.GetByteCount(text);
            if (Length + size > bytes.Length)
            {
                Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + size));
            }

            Length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(Length));
        }
    }
}
