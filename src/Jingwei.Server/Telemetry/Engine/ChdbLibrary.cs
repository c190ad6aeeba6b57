using System.Runtime.InteropServices;

namespace Jingwei.Server.Telemetry.Engine;

/// <summary>
/// The C API of libchdb 26.5 (the ClickHouse engine as a library), loaded once a process from the path that
/// the environment variable JINGWEI_CHDB or the build's runtime configuration names.
/// </summary>
internal static unsafe class ChdbLibrary
{
    /// <summary>The key under which native/native.targets writes the library's path.</summary>
    public const string PathKey = "Jingwei.Chdb.Library";

    public const string PathVariable = "JINGWEI_CHDB";

    public static readonly delegate* unmanaged[Cdecl]<int, byte**, nint*> Connect;
    public static readonly delegate* unmanaged[Cdecl]<nint*, void> Close;
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, nint> Query;
    public static readonly delegate* unmanaged[Cdecl]<nint, void> DestroyResult;
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*> ResultBuffer;
    public static readonly delegate* unmanaged[Cdecl]<nint, nuint> ResultLength;
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*> ResultError;
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, ArrowSchema*, ArrowArray*, int> ScanArrowArray;
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, int> UnregisterArrowTable;

    static ChdbLibrary()
    {
        var path = Environment.GetEnvironmentVariable(PathVariable) ?? AppContext.GetData(PathKey) as string;
        if (string.IsNullOrEmpty(path) || !File.Exists(path))
        {
            throw new EngineException(
                $"The analytic engine's library is not at '{path}'. Build again with npm at hand, or set {PathVariable} to a libchdb.so 26.5.");
        }

        var library = NativeLibrary.Load(path);
        nint Export(string name) => NativeLibrary.GetExport(library, name);
        Connect = (delegate* unmanaged[Cdecl]<int, byte**, nint*>)Export("chdb_connect");
        Close = (delegate* unmanaged[Cdecl]<nint*, void>)Export("chdb_close_conn");
        Query = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, nint>)Export("chdb_query_n");
        DestroyResult = (delegate* unmanaged[Cdecl]<nint, void>)Export("chdb_destroy_query_result");
        ResultBuffer = (delegate* unmanaged[Cdecl]<nint, byte*>)Export("chdb_result_buffer");
        ResultLength = (delegate* unmanaged[Cdecl]<nint, nuint>)Export("chdb_result_length");
        ResultError = (delegate* unmanaged[Cdecl]<nint, byte*>)Export("chdb_result_error");
        ScanArrowArray = (delegate* unmanaged[Cdecl]<nint, byte*, ArrowSchema*, ArrowArray*, int>)Export("chdb_arrow_array_scan");
        UnregisterArrowTable = (delegate* unmanaged[Cdecl]<nint, byte*, int>)Export("chdb_arrow_unregister_table");

        // The engine's own crash handlers would replace those of the .NET runtime, which needs SIGSEGV for null checks.
        ((delegate* unmanaged[Cdecl]<int, void>)Export("chdb_set_signal_handlers_enabled"))(0);
    }
}

/// <summary>The engine refused or failed; the message is its own.</summary>
public sealed class EngineException(string message) : Exception(message);
