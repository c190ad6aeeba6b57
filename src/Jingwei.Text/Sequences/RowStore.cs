namespace Jingwei.Text.Sequences;

/// <summary>Rows of floats in blocks, because one array holds no more than two billion of them.</summary>
internal sealed class RowStore
{
    private const int RowsPerBlock = 1 << 16;

    private readonly float[][] blocks;
    private readonly int stride;

    internal RowStore(int rows, int stride)
    {
        this.stride = stride;
        blocks = new float[(rows + RowsPerBlock - 1) / RowsPerBlock][];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = new float[RowsPerBlock * stride];
        }
    }

    internal Span<float> this[int row] => blocks[row / RowsPerBlock].AsSpan((row % RowsPerBlock) * stride, stride);

    internal void Add(RowStore other, float factor)
    {
        for (var i = 0; i < blocks.Length; i++)
        {
            VectorMath.AddScaled(blocks[i], other.blocks[i], factor);
        }
    }
}
