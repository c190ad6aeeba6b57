namespace Jingwei.Acceptance.Crash;

/// <summary>A pack with one type of case, which has a deadline and takes photographs.</summary>
internal static class JobPack
{
    /// <param name="within">How long a job may stay open.</param>
    public static void Write(string packs, string within)
    {
        File("pack.yaml", """
            id: jobs
            version: 0.1.0
            name: {zh: 任务, en: Jobs}
            description: {zh: 一种事项, en: One type of case}
            needs: {jingwei: ">=0.1"}

            """);
        File("cases/job.yaml", $$$"""
            case: job
            evidence: {photo: {types: [image/png]}}
            states: {open: {within: {{{within}}} }, doing: {}, done: {final: true}}
            initial: open
            transitions: {take: {from: [open], to: doing, right: operate, assignsSelf: true}, close: {from: [open, doing], to: done, right: operate}}

            """);
        foreach (var language in new[] { "zh", "en" })
        {
            File($"text/{language}.yaml", "cases: {job: {name: Job, states: {open: Open, doing: Doing, done: Done}, transitions: {take: Take, close: Close}, evidence: {photo: Photo}}}\n");
        }

        void File(string name, string text)
        {
            var path = Path.Combine(packs, "jobs", name);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            System.IO.File.WriteAllText(path, text);
        }
    }
}
