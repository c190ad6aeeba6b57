using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Server.Identifiers.Registration;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Identifiers.Codes;

/// <summary>QR and Data Matrix codes of identifiers, to print.</summary>
internal static class CodeEndpoints
{
    private const string Path = "/api/codes/";
    private const int UsualScale = 8;

    /// <summary>Most pixels of a module: the largest QR code has 185 of them from edge to edge, and so 7,400 pixels.</summary>
    private const int MostScale = 40;

    public static void MapCodes(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path + "{prefix}/{**suffix}", Get).Requires(Right.View).Produces<IdentifierCode>()
            .WithSummary(
                "What the codes of an identifier say; with `symbol` (qr or datamatrix) the code itself, as `format` svg or png, `scale` pixels a module (1 to 40), `level` L, M, Q or H of a QR code.");

    private static IResult Get(
        Caller caller, string? symbol, string? format, int? scale, string? level, Prefixes.Prefixes prefixes, PrefixRights rights, IdentifierStore store,
        IdentifierCodes codes, NodeAddress address, HttpContext context)
    {
        var correction = Words.Of<QrLevel>(level) ?? QrLevel.M;
        if (symbol is not (null or "qr" or "datamatrix") || format is not (null or "svg" or "png") || scale is < 1 or > MostScale || !Enum.IsDefined(correction))
        {
            return Problems.Invalid("bad-code", $"symbol is qr or datamatrix, format svg or png, scale 1 to {MostScale}, level L, M, Q or H.");
        }

        if (IdentifierEndpoints.Visible(caller, context, Path, prefixes, rights) is not var (key, _) || StoredIdentifier.Find(store, key) is null)
        {
            return Problems.NotFound("identifier");
        }

        var (handle, stem) = (Encoding.UTF8.GetString(key), address.Of(context.Request));
        var link = codes.LinkOf(handle, stem);
        var code = IdentifierCodes.Of(handle, stem, link);
        if (symbol is null)
        {
            return TypedResults.Ok(code);
        }

        var drawn = symbol == "qr" ? CodeSymbol.Qr(code.DigitalLink ?? code.Page, correction)
            : link is null ? CodeSymbol.DataMatrix(code.Page)
            : CodeSymbol.Gs1DataMatrix(link.Elements);
        return drawn is null ? Problems.Invalid("too-long", "This identifier is too long for the code.") : Draw(drawn, format == "png", scale ?? UsualScale);
    }

    private static IResult Draw(CodeSymbol symbol, bool asPng, int scale) => asPng
        ? TypedResults.Bytes(CodePicture.Png(symbol, scale), "image/png")
        : TypedResults.Text(CodePicture.Svg(symbol, scale), "image/svg+xml");
}
