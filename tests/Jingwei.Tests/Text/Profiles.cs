using Jingwei.Text.Fields;
using Jingwei.Text.Likeness;
using Jingwei.Text.Models;

namespace Jingwei.Tests.Text;

/// <summary>Profiles of reports written here.</summary>
internal sealed class Profiles(ModelFolder models)
{
    private readonly ReportReader reports = models.OpenReports();
    private readonly ProfileReader profiles = models.OpenProfiles();

    internal ReportProfile Profile(string title, string text, string? time) => profiles.Read(text, title, time, reports.Read(text, title, time));
}
