using System.Diagnostics;

namespace Jingwei.Tests;

/// <summary>Foreign programs from npm that tests run, as their package-lock.json pins them.</summary>
internal static class NpmPackages
{
    private static readonly SemaphoreSlim Installing = new(1);

    /// <summary>Installs them once under artifacts/; the folder, with the programs that stand beside package.json.</summary>
    /// <param name="source">The folder of package.json, package-lock.json and programs.</param>
    /// <param name="name">Of the folder under artifacts/.</param>
    public static async Task<string> InstallAsync(string source, string name)
    {
        var npm = External.Program("npm", "https://nodejs.org");
        var folder = Path.Combine(SourceTree.Root, "tests", "artifacts", name);
        var cancel = TestContext.Current.CancellationToken;
        await Installing.WaitAsync(cancel);
        try
        {
            Directory.CreateDirectory(folder);
            var isCurrent = Directory.Exists(Path.Combine(folder, "node_modules")) && await SameAsync("package-lock.json", source, folder);
            foreach (var file in Directory.EnumerateFiles(source))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
            }

            if (!isCurrent)
            {
                using var install = Process.Start(new ProcessStartInfo(npm, ["ci", "--prefix", folder, "--ignore-scripts"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
                var output = install.StandardOutput.ReadToEndAsync(cancel);
                var errors = install.StandardError.ReadToEndAsync(cancel);
                await install.WaitForExitAsync(cancel);
                Assert.True(install.ExitCode == 0, await output + await errors);
            }

            return folder;
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<bool> SameAsync(string file, string source, string folder)
    {
        var copy = Path.Combine(folder, file);
        return File.Exists(copy)
            && await File.ReadAllTextAsync(copy, TestContext.Current.CancellationToken)
                == await File.ReadAllTextAsync(Path.Combine(source, file), TestContext.Current.CancellationToken);
    }
}
