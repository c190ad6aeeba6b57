using System.Numerics;
using System.Runtime.InteropServices;

namespace Jingwei.Text.Sequences;

/// <summary>Loops over rows whose length is a multiple of eight.</summary>
internal static class VectorMath
{
    internal static void Add(Span<float> target, ReadOnlySpan<float> source)
    {
        var to = MemoryMarshal.Cast<float, Vector<float>>(target);
        var from = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }

    internal static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        var to = MemoryMarshal.Cast<float, Vector<float>>(target);
        var from = MemoryMarshal.Cast<float, Vector<float>>(source);
        var scale = new Vector<float>(factor);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += from[i] * scale;
        }
    }

    internal static void AddProduct(Span<float> target, ReadOnlySpan<float> left, ReadOnlySpan<float> right, float factor)
    {
        var to = MemoryMarshal.Cast<float, Vector<float>>(target);
        var a = MemoryMarshal.Cast<float, Vector<float>>(left);
        var b = MemoryMarshal.Cast<float, Vector<float>>(right);
        var scale = new Vector<float>(factor);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += a[i] * b[i] * scale;
        }
    }

    internal static void Multiply(Span<float> target, ReadOnlySpan<float> source)
    {
        var to = MemoryMarshal.Cast<float, Vector<float>>(target);
        var from = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] *= from[i];
        }
    }

    /// <summary>One step of AdaGrad (Duchi, Hazan, Singer 2011) uphill.</summary>
    internal static void Step(Span<float> weights, Span<float> squares, ReadOnlySpan<float> gradient, float rate, float keep)
    {
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var s = MemoryMarshal.Cast<float, Vector<float>>(squares);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var step = new Vector<float>(rate);
        var stay = new Vector<float>(keep);
        var least = new Vector<float>(1e-3f);
        for (var i = 0; i < w.Length; i++)
        {
            s[i] += g[i] * g[i];
            w[i] = (w[i] * stay) + (step * g[i] / (Vector.SquareRoot(s[i]) + least));
        }
    }
}
