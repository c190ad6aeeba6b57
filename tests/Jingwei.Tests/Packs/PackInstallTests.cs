using System.IO.Compression;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Installing;
using Jingwei.Server.Packs.Signing;

namespace Jingwei.Tests.Packs;

public sealed class PackInstallTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("jingwei-install-").FullName;
    private readonly string packs;
    private readonly string yard;

    public PackInstallTests()
    {
        (packs, yard) = (Path.Combine(root, "packs"), Path.Combine(root, "yard"));
        NewPack.Write(yard, new("yard", "yard-tank", "罐区", "Tank yard"));
    }

    public void Dispose() => Directory.Delete(root, true);

    // semver.org, section 11.4.
    [Fact]
    public void Versions_are_in_the_order_of_their_specification()
    {
        string[] order = ["0.9.10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.2", "1.0.10", "2.0.0"];
        for (var one = 0; one < order.Length; one++)
        {
            Assert.All(Enumerable.Range(0, order.Length), other => Assert.Equal(one.CompareTo(other), Math.Sign(PackVersion.Compare(order[one], order[other]))));
        }

        Assert.Equal(0, PackVersion.Compare("1.0.0+a", "1.0.0+b"));
    }

    [Fact]
    public void A_pack_comes_in_from_a_folder_and_from_a_ZIP_file_with_or_without_a_folder_in_it()
    {
        Assert.Equal(new PackChange("yard", "0.1.0", null), Add(yard).Change);
        Version("0.2.0");
        Assert.Equal(new PackChange("yard", "0.2.0", "0.1.0"), Add(Zip("plain.zip", includeBase: false)).Change);
        Version("0.2.1");
        Assert.Equal(new PackChange("yard", "0.2.1", "0.2.0"), Add(Zip("inner.zip", includeBase: true)).Change);
        Assert.Equal("0.2.1", Assert.Single(PackLoader.Load(packs).Packs!.Packs).Version);
        Assert.Contains("0.2.0", File.ReadAllText(Path.Combine(packs, ".replaced", "yard", "pack.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_version_a_pack_with_a_mistake_and_one_that_does_not_go_with_the_others_change_nothing()
    {
        Version("0.2.0");
        Add(yard);
        Version("0.1.9");
        Assert.StartsWith("pack.yaml:1:1: version 0.1.9 is older than 0.2.0", Problem(yard), StringComparison.Ordinal);
        Version("0.3.0");
        File.WriteAllText(Path.Combine(yard, "rules", "yard-hot.yaml"), "rule: yard-hot\n");
        Assert.StartsWith("rules/yard-hot.yaml:", Problem(yard), StringComparison.Ordinal);
        var twin = Path.Combine(root, "twin");
        NewPack.Write(twin, new("twin", "yard-tank", "双", "Twin"));
        Assert.Contains("yard-tank", Problem(twin), StringComparison.Ordinal);
        Assert.Equal("0.2.0", Assert.Single(PackLoader.Load(packs).Packs!.Packs).Version);
        Assert.False(Directory.Exists(Path.Combine(packs, ".incoming")));
    }

    [Fact]
    public void A_pack_that_is_taken_out_is_kept_aside()
    {
        Add(yard);
        Assert.Equal(new PackChange("yard", null, "0.1.0"), Install.Remove("yard"));
        Assert.Empty(PackLoader.Load(packs).Packs!.Packs);
        Assert.True(File.Exists(Path.Combine(packs, ".uninstalled", "yard", "pack.yaml")));
        Assert.Null(Install.Remove("yard"));
        Assert.Null(Install.Remove("../yard"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_kill_between_two_renames_leaves_is_put_right(bool isNewThere)
    {
        Add(yard);
        Directory.Move(Path.Combine(packs, "yard"), Path.Combine(packs, ".swapping-yard"));
        if (isNewThere)
        {
            Version("0.2.0");
            foreach (var file in Directory.EnumerateFiles(yard, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(packs, "yard", Path.GetRelativePath(yard, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }

        PackInstall.Recover(packs);
        Assert.Equal(isNewThere ? "0.2.0" : "0.1.0", Assert.Single(PackLoader.Load(packs).Packs!.Packs).Version);
        Assert.False(Directory.Exists(Path.Combine(packs, ".swapping-yard")));
    }

    [Fact]
    public void A_ZIP_file_that_reaches_outside_or_is_none_is_refused()
    {
        var file = Path.Combine(root, "evil.zip");
        using (var zip = ZipFile.Open(file, ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry("../../evil.txt").Open());
            writer.Write("x");
        }

        Assert.Throws<IOException>(() => Add(file));
        Assert.False(File.Exists(Path.Combine(root, "evil.txt")));
        File.WriteAllText(file, "no ZIP file");
        Assert.Throws<InvalidDataException>(() => Add(file));
    }

    private PackInstall Install => new(packs, PackTrust.Anyone);

    private (PackChange? Change, IReadOnlyList<PackProblem> Problems) Add(string source) => Install.Add(source);

    private string Problem(string source)
    {
        var (change, problems) = Add(source);
        Assert.Null(change);
        return problems[0].ToString();
    }

    private void Version(string version)
    {
        var file = Path.Combine(yard, "pack.yaml");
        File.WriteAllLines(file, File.ReadAllLines(file).Select(line => line.StartsWith("version:", StringComparison.Ordinal) ? $"version: {version}" : line));
    }

    private string Zip(string name, bool includeBase)
    {
        var file = Path.Combine(root, name);
        ZipFile.CreateFromDirectory(yard, file, CompressionLevel.Fastest, includeBase);
        return file;
    }
}
