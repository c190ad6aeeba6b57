using Jingwei.Server.Cases;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Reports.Intake;

/// <summary>Files that come with reports: looked at, of kinds that people send, each under the hash of its bytes.</summary>
internal sealed class Attachments(IServiceProvider services)
{
    // What telephones, cameras and offices make. What a file is says its bytes, not its name.
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "video/mp4", "audio/mpeg", "text/plain",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    // The files of evidence: one place for what people bring.
    private readonly EvidenceFiles files = services.GetRequiredService<EvidenceFiles>();

    /// <summary>Takes a file in and keeps it; what is wrong with it, where something is.</summary>
    public async Task<(ReportFile? File, string? Fault)> TakeAsync(string name, Stream body, CancellationToken cancellation)
    {
        if (name.Length is 0 or > CaseLimits.FileName || name.Any(char.IsControl))
        {
            return (null, $"file: its name has 1 to {CaseLimits.FileName} characters");
        }

        if (await files.ReceiveAsync(body, Math.Min(ReportLimits.FileBytes, PackLimits.EvidenceBytes), cancellation) is not { } received)
        {
            return (null, $"file {name}: at most {ReportLimits.FileBytes} bytes");
        }

        if (received.Bytes == 0 || !Taken.Contains(received.MediaType))
        {
            EvidenceFiles.Drop(received);
            return (null, $"file {name}: {(received.Bytes == 0 ? "empty" : received.MediaType)} is not taken; pictures, video, sound, PDF, text and office files are");
        }

        files.Keep(received);
        return (new(received.Hash, name, received.MediaType, received.Bytes), null);
    }

    /// <summary>A file by its hash; null when it is not there.</summary>
    public FileStream? Open(ReportFile file) => files.Open(file.Hash);
}
