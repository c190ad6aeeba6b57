namespace Jingwei.Mqtt;

/// <summary>The journal is damaged where it was whole before: reading on would lose acknowledged messages in silence.</summary>
public sealed class MqttJournalDamagedException(string file, long offset)
    : Exception($"The session journal {file} is damaged at byte {offset}: a checksum is wrong and more follows. Restore it from a backup, or move the folder away to start without sessions.");
