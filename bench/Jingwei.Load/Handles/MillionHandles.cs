using System.Globalization;
using System.Text;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Load.Handles;

/// <summary>Handles in memory, each with an address and a name: what an enterprise node says of a product.</summary>
internal sealed class MillionHandles : HandleDoor
{
    private readonly Dictionary<HandleName, byte[]> handles;
    private readonly Dictionary<HandleName, byte[]>.AlternateLookup<ReadOnlySpan<byte>> byBytes;

    public MillionHandles(int count)
    {
        handles = new(count, HandleComparer.CaseInsensitive);
        for (var each = 0; each < count; each++)
        {
            handles.Add(HandleName.Parse(NameOf(each)), HandleValueWire.Encode(
                HandleValue.OfText(1, HandleTypes.Url, FormattableString.Invariant($"https://id.example.com/p/{each}")),
                HandleValue.OfText(2, "NAME", "FR-4 覆铜板")));
        }

        byBytes = handles.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public static string NameOf(int each) => "88.111.1/" + each.ToString("0000000", CultureInfo.InvariantCulture);

    public static byte[] AddressOf(int each) => Encoding.UTF8.GetBytes(FormattableString.Invariant($"https://id.example.com/p/{each}"));

    public static QuestionNames Names { get; } = new(
        NameOf(0),
        (name, number) =>
        {
            for (var at = 6; at >= 0; at--, number /= 10)
            {
                name["88.111.1/".Length + at] = (byte)('0' + (number % 10));
            }
        },
        (response, number) => response.Handle.ToString() == NameOf(number) && response.Values is [var address, { Text: "FR-4 覆铜板" }] &&
            address.Data.Span.SequenceEqual(AddressOf(number)));

    public override bool Resolve(scoped in ResolutionQuery query, scoped ref ResolutionAnswer answer)
    {
        if (byBytes.TryGetValue(query.Handle, out var values))
        {
            answer.Add(values);
        }
        else
        {
            answer.Refuse(HandleResponseCode.HandleNotFound);
        }

        return true;
    }
}
