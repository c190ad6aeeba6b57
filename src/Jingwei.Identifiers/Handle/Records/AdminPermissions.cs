namespace Jingwei.Identifiers.Handle.Records;

/// <summary>What an administrator may do (RFC 3651, 3.2.1; the bits as Handle.Net has them).</summary>
[Flags]
public enum AdminPermissions
{
    None = 0,
    AddHandle = 0x0001,
    DeleteHandle = 0x0002,
    AddDerivedPrefix = 0x0004,
    DeleteDerivedPrefix = 0x0008,
    ModifyValue = 0x0010,
    RemoveValue = 0x0020,
    AddValue = 0x0040,
    ModifyAdmin = 0x0080,
    RemoveAdmin = 0x0100,
    AddAdmin = 0x0200,

    /// <summary>Values that only administrators read.</summary>
    ReadValue = 0x0400,
    ListHandles = 0x0800,
    All = 0x0FFF,
}
