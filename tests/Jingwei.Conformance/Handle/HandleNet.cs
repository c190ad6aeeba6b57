using Jingwei.Tests;

namespace Jingwei.Conformance.Handle;

/// <summary>
/// The library of the Handle.Net software. Its licence keeps it out of the project: JINGWEI_HANDLE_JAVA names a folder with its jars
/// (handle-client, cnriutil, gson, commons-codec).
/// </summary>
internal static class HandleNet
{
    public static string Java => External.Program("java", "apt-get install openjdk-17-jdk-headless");

    /// <summary>What the class path is; skips the test when there is no library.</summary>
    public static string Library
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("JINGWEI_HANDLE_JAVA");
            Assert.SkipWhen(string.IsNullOrEmpty(folder), "JINGWEI_HANDLE_JAVA names no folder with the jars of Handle.Net's library.");
            return Path.Combine(folder!, "*");
        }
    }

    /// <summary>A program that is compiled when it is run.</summary>
    public static string Source(string name) => Path.Combine(SourceTree.Root, "tests", "Jingwei.Conformance", "Handle", "peers", name);
}
