using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Jingwei.Server.Identifiers.Codes;

/// <summary>Draws codes: black on white, every module a whole number of pixels.</summary>
internal static class CodePicture
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    // PNG (ISO/IEC 15948), 11.2.2: one bit a pixel in shades of grey, neither filtered nor interlaced otherwise than by method 0.
    private static ReadOnlySpan<byte> PngForm => [1, 0, 0, 0, 0];

    /// <summary>As SVG, which printers scale.</summary>
    /// <param name="scale">Pixels of a module where nobody scales it.</param>
    public static string Svg(CodeSymbol symbol, int scale)
    {
        var (side, path) = (symbol.Side, new StringBuilder());
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var from = x;
                while (x < side && symbol.IsDark(x, y))
                {
                    x++;
                }

                _ = x > from ? path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z") : path;
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" width="{side * scale}" height="{side * scale}" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>""");
    }

    /// <summary>As PNG.</summary>
    /// <param name="scale">Pixels of a module.</param>
    public static byte[] Png(CodeSymbol symbol, int scale)
    {
        using var png = new MemoryStream();
        png.Write(PngSignature);
        var edge = symbol.Side * scale;
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, edge);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], edge);
        PngForm.CopyTo(header[8..]);
        Write(png, "IHDR"u8, header);
        Write(png, "IDAT"u8, Pixels(symbol, scale));
        Write(png, "IEND"u8, []);
        return png.ToArray();
    }

    // Each line begins with its filter, none; a bit is a pixel, 1 is white.
    private static byte[] Pixels(CodeSymbol symbol, int scale)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var line = new byte[1 + (((symbol.Side * scale) + 7) / 8)];
            for (var y = 0; y < symbol.Side; y++)
            {
                line.AsSpan(1).Clear();
                for (var x = 0; x < symbol.Side * scale; x++)
                {
                    line[1 + (x / 8)] |= symbol.IsDark(x / scale, y) ? (byte)0 : (byte)(0x80 >> (x % 8));
                }

                for (var again = 0; again < scale; again++)
                {
                    zlib.Write(line);
                }
            }
        }

        return packed.ToArray();
    }

    private static void Write(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    // PNG, 5.5 and annex D: the polynomial of ISO 3309, lowest bit first.
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return crc;
    }
}
