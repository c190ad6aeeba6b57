using System.Text;

namespace Jingwei.Tests.Identifiers.Handle;

/// <summary>Bytes as the RFCs are read: hexadecimal digits with spaces, and texts in quotes.</summary>
internal static class Hex
{
    public static byte[] Bytes(params string[] parts) =>
        [.. parts.SelectMany(part => part.StartsWith('\'') ? Encoding.UTF8.GetBytes(part[1..]) : Convert.FromHexString(part.Replace(" ", "", StringComparison.Ordinal)))];
}
