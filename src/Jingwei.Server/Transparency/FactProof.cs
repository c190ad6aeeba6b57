using System.Text;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Transparency;

/// <summary>What a fact's commitment is made of, so that anybody computes it anew: SHA-256( 01 20 || salt || head || event ).</summary>
/// <param name="Salt">In base64.</param>
/// <param name="Head">Who recorded it when, as it is stored, in base64.</param>
/// <param name="Event">The event in JSON, byte for byte.</param>
public sealed record FactOpening(byte[] Salt, byte[] Head, string Event)
{
    internal static FactOpening Of(FactRecord record) => new(record.Salt.ToArray(), record.Head.ToArray(), Encoding.UTF8.GetString(record.Event));
}
