using System.CommandLine;
using Jingwei.Server.Packs.Maturity;
using Jingwei.Server.Packs.Plugins;

namespace Jingwei.Server.Packs.Signing;

/// <summary>"pack keys new" and "pack sign".</summary>
internal static class SignCommands
{
    public static Command Keys()
    {
        var name = new Argument<string>("NAME") { Description = "NAME.key and NAME.pem are written; the first is secret." };
        var create = new Command("new", "Make a pair of Ed25519 keys.") { name };
        create.SetAction(parsed => NewKeys(parsed.GetValue(name)!, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return new Command("keys", "Keys that packs are signed with.") { create };
    }

    public static Command Sign()
    {
        var folder = new Argument<string>("DIR") { Description = "A pack's folder." };
        var key = new Option<string>("--key") { Description = "The secret key, as pack keys new wrote it.", Required = true };
        var plugins = PluginOption.Create();
        var command = new Command("sign", "Sign a pack: what is changed, added or removed afterwards is noticed.") { folder, key, plugins };
        command.SetAction(parsed => Sign(
            parsed.GetValue(folder)!, parsed.GetValue(key)!, PluginOption.Use(parsed.GetValue(plugins)), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int NewKeys(string name, TextWriter output, TextWriter error)
    {
        var (secretFile, publicFile) = (name + ".key", name + ".pem");
        try
        {
            var (secret, open) = PackKey.New();
            // Made for its owner alone before there is anything in it.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var writer = new StreamWriter(secretFile, options))
            {
                writer.Write(secret);
            }

            File.WriteAllText(publicFile, open);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(fault.Message);
            return PackCommand.Problems;
        }

        output.WriteLine($"{secretFile}: sign with it, show it to nobody. {publicFile}: for the folders that servers trust (--pack-keys).");
        return PackCommand.Fine;
    }

    private static int Sign(string folder, string key, PluginUse plugins, TextWriter output, TextWriter error)
    {
        if (!System.IO.Directory.Exists(folder) || !File.Exists(key))
        {
            error.WriteLine($"No {(File.Exists(key) ? "folder" : "file")} {(File.Exists(key) ? folder : key)}.");
            return PackCommand.Usage;
        }

        if (PackKey.ReadPrivate(File.ReadAllText(key)) is not { } secret)
        {
            error.WriteLine($"{key} holds no Ed25519 private key in PEM.");
            return PackCommand.Usage;
        }

        // Only what is right is signed: who trusts the key trusts that too.
        var loaded = PackLoader.Load(folder, plugins: plugins);
        List<PackProblem> problems = [.. loaded.Problems, .. loaded.Packs?.Packs.SelectMany(MaturityCard.Problems) ?? []];
        if (problems.Count > 0)
        {
            foreach (var problem in problems)
            {
                error.WriteLine(problem);
            }

            return PackCommand.Problems;
        }

        var signature = PackSignature.Write(folder, secret);
        output.WriteLine($"Signed {signature.Files.Count} files with the key {Convert.ToBase64String(signature.Key)}.");
        return PackCommand.Fine;
    }
}
