using Jingwei.Identifiers.Gs1.Elements;
using ZXing;
using ZXing.Common;
using ZXing.Datamatrix;
using ZXing.Datamatrix.Encoder;
using ZXing.QrCode;
using ZXing.QrCode.Internal;

namespace Jingwei.Server.Identifiers.Codes;

/// <summary>How much of a QR code may be damaged (ISO/IEC 18004, 7.5.1): 7, 15, 25, 30 %.</summary>
public enum QrLevel
{
    L,
    M,
    Q,
    H,
}

/// <summary>A two-dimensional code: square modules, dark or light, with the light margin that readers need around it.</summary>
internal sealed class CodeSymbol
{
    // ISO/IEC 18004, 6.3.8.
    private const int QrMargin = 4;

    // ISO/IEC 16022, 5.7.
    private const int DataMatrixMargin = 1;

    private readonly BitMatrix modules;
    private readonly int margin;

    private CodeSymbol(BitMatrix modules, int margin) => (this.modules, this.margin) = (modules, margin);

    /// <summary>Modules from edge to edge, with the margins.</summary>
    public int Side => modules.Width + (2 * margin);

    /// <summary>The QR code of a text in ASCII; null where it is too long for one.</summary>
    public static CodeSymbol? Qr(string text, QrLevel level) => Write(new QRCodeWriter(), BarcodeFormat.QR_CODE, text, QrMargin, new()
    {
        [EncodeHintType.MARGIN] = 0,
        [EncodeHintType.ERROR_CORRECTION] = level switch
        {
            QrLevel.L => ErrorCorrectionLevel.L,
            QrLevel.Q => ErrorCorrectionLevel.Q,
            QrLevel.H => ErrorCorrectionLevel.H,
            _ => ErrorCorrectionLevel.M,
        },
    });

    /// <summary>The Data Matrix of a text in ASCII; null where it is too long for one.</summary>
    public static CodeSymbol? DataMatrix(string text) => Write(new DataMatrixWriter(), BarcodeFormat.DATA_MATRIX, text, DataMatrixMargin, new()
    {
        [EncodeHintType.DATA_MATRIX_SHAPE] = SymbolShapeHint.FORCE_SQUARE,
    });

    /// <summary>The GS1 DataMatrix of elements (General Specifications, 5.6): FNC1 in front and between them; null where they are too long for one.</summary>
    public static CodeSymbol? Gs1DataMatrix(ElementString elements) => Write(new DataMatrixWriter(), BarcodeFormat.DATA_MATRIX, elements.ToScan(), DataMatrixMargin, new()
    {
        [EncodeHintType.DATA_MATRIX_SHAPE] = SymbolShapeHint.FORCE_SQUARE,
        [EncodeHintType.GS1_FORMAT] = true,
        // Its encoder alone knows FNC1.
        [EncodeHintType.DATA_MATRIX_COMPACT] = true,
    });

    /// <summary>Whether a module is dark; counted from the upper left corner of the margin.</summary>
    public bool IsDark(int x, int y)
    {
        var (column, row) = (x - margin, y - margin);
        return column >= 0 && row >= 0 && column < modules.Width && row < modules.Height && modules[column, row];
    }

    private static CodeSymbol? Write(Writer writer, BarcodeFormat format, string text, int margin, Dictionary<EncodeHintType, object> hints)
    {
        try
        {
            return new(writer.encode(text, format, 0, 0, hints), margin);
        }
        catch (Exception fault) when (fault is WriterException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
