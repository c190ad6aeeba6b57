using Jingwei.Tests;

namespace Jingwei.Conformance.Cel;

/// <summary>The conformance vectors of the CEL specification (tests/simple/testdata, SimpleTestFile in text format).</summary>
[Trait("Category", "Vectors")]
public sealed class CelConformanceTests
{
    /// <summary>Every file and section; one empty row where there are no vectors, so that the test is seen to be skipped.</summary>
    public static TheoryData<string, string> Sections()
    {
        var data = new TheoryData<string, string>();
        var root = Environment.GetEnvironmentVariable("JINGWEI_VECTORS") ?? "";
        var folder = Path.Combine(root, "cel", "open");
        string[] files = root.Length > 0 && Directory.Exists(folder) ? Directory.GetFiles(folder, "*.textproto") : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            foreach (var section in TextProto.Read(File.ReadAllText(file)).All("section"))
            {
                data.Add(Path.GetFileNameWithoutExtension(file), section.Text("name"));
            }
        }

        if (data.Count == 0)
        {
            data.Add("", "");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Vectors_of_a_section_hold_except_those_listed_as_skipped(string file, string section)
    {
        var folder = External.Vectors("cel", "open");
        var tests = TextProto.Read(File.ReadAllText(Path.Combine(folder, file + ".textproto"))).All("section")
            .Where(candidate => candidate.Text("name") == section).SelectMany(found => found.All("test"));
        var problems = new List<string>();
        foreach (var test in tests)
        {
            var name = $"{file}/{section}/{test.Text("name")}";
            var failure = CelVector.Run(test);
            if (SkippedVectors.Covers(name) && failure is null)
            {
                problems.Add($"{name} passes: take it off the list of skipped vectors");
            }
            else if (!SkippedVectors.Covers(name) && failure is not null)
            {
                problems.Add($"{name}: {test.Text("expr")} {failure}");
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public void Every_skipped_name_is_that_of_a_vector()
    {
        var folder = External.Vectors("cel", "open");
        var names = Directory.EnumerateFiles(folder, "*.textproto").SelectMany(file => TextProto.Read(File.ReadAllText(file)).All("section")
            .SelectMany(section => section.All("test").Select(test =>
                $"{Path.GetFileNameWithoutExtension(file)}/{section.Text("name")}/{test.Text("name")}"))).ToList();
        Assert.All(SkippedVectors.Names, skipped => Assert.Contains(names, name => SkippedVectors.Matches(skipped, name)));
    }
}
