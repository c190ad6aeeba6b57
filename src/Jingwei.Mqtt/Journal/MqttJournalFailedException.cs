namespace Jingwei.Mqtt.Journal;

/// <summary>The session journal could not be written: nobody knows what of the last commit is on disk, and nothing more is written.</summary>
internal sealed class MqttJournalFailedException(Exception reason)
    : Exception("The session journal cannot be written; whether the last messages are on disk is unknown.", reason);
