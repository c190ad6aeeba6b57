namespace Jingwei.Identifiers.Handle;

/// <summary>One value of a handle, by its index: who administers, where a key is (RFC 3651, 3.1).</summary>
/// <param name="Handle">The handle.</param>
/// <param name="Index">The value's index; 0 stands for any value of the kind that is asked for.</param>
public readonly record struct HandleReference(HandleName Handle, int Index)
{
    public override string ToString() => $"{Index}:{Handle}";
}
