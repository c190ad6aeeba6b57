namespace Jingwei.Identifiers.Handle;

/// <summary>Who may read and write a value (RFC 3651, 3.1).</summary>
[Flags]
public enum HandlePermissions
{
    None = 0,
    PublicWrite = 1,
    PublicRead = 2,
    AdminWrite = 4,
    AdminRead = 8,

    /// <summary>What a value has that says nothing else: anyone reads, administrators write.</summary>
    Usual = AdminRead | AdminWrite | PublicRead,
}
