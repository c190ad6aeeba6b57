using System.Text;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>Where a host puts the values of a handle. It takes all of them and leaves out what was not asked for or may not be read.</summary>
public ref struct ResolutionAnswer
{
    /// <summary>Behind the count of values.</summary>
    internal WireWriter Writer;

    private readonly ResolutionQuery query;
    private HandleResponseCode refusal;
    private bool isUnreadable;

    internal ResolutionAnswer(WireWriter writer, ResolutionQuery query)
    {
        Writer = writer;
        this.query = query;
        refusal = HandleResponseCode.Success;
    }

    /// <summary>How many values are in.</summary>
    public int Count { get; private set; }

    /// <summary>How the resolution ends as it stands.</summary>
    public readonly HandleResponseCode Code => this switch
    {
        { refusal: not HandleResponseCode.Success } => refusal,
        { isUnreadable: true } => HandleResponseCode.InsufficientPermissions,
        { NeedsAdministrator: true } => HandleResponseCode.AuthenticationNeeded,
        { Count: 0 } => HandleResponseCode.ValuesNotFound,
        _ => HandleResponseCode.Success,
    };

    private bool NeedsAdministrator { get; set; }

    /// <summary>Says that there is nothing to add: the handle is not found, not ours, and so on.</summary>
    public void Refuse(HandleResponseCode code) => refusal = code;

    /// <summary>Adds values as <see cref="HandleValueWire.Encode"/> wrote them, one or several.</summary>
    public void Add(scoped ReadOnlySpan<byte> encoded)
    {
        var rest = encoded;
        while (HandleValueWire.TryNext(ref rest, out var value))
        {
            if (query.AsksFor(value.Index, value.Type) && IsReadable(value.Permissions))
            {
                Writer.Write(value.Bytes);
                Count++;
            }
        }
    }

    public void Add(HandleValue value)
    {
        if (query.AsksFor(value.Index, Encoding.UTF8.GetBytes(value.Type)) && IsReadable(value.Permissions))
        {
            HandleValueWire.Write(ref Writer, value);
            Count++;
        }
    }

    private bool IsReadable(HandlePermissions permissions)
    {
        var right = ReadRights.Of(permissions, (query.Flags & MessageOptions.PublicOnly) != 0, isAdministrator: false);
        isUnreadable |= right == ReadRight.Unreadable;
        NeedsAdministrator |= right == ReadRight.NeedsAdministrator;
        return right == ReadRight.Readable;
    }
}
