namespace Orleans
{
    /// <summary>A grain that can be reminded: reminders outlive activations and the process.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>A reminder is due.</summary>
        Task ReceiveReminder(string reminderName, Runtime.TickStatus status);
    }
}

namespace Orleans.Runtime
{
    /// <summary>When a reminder ticks.</summary>
    [GenerateSerializer]
    public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        /// <summary>When it ticked or will tick first, UTC.</summary>
        [Id(0)] public DateTime FirstTickTime { get; } = firstTickTime;

        /// <summary>The time between ticks.</summary>
        [Id(1)] public TimeSpan Period { get; } = period;

        /// <summary>The time of this tick, UTC.</summary>
        [Id(2)] public DateTime CurrentTickTime { get; } = timeStamp;
    }

    /// <summary>A registered reminder.</summary>
    public interface IGrainReminder
    {
        /// <summary>Its name within the grain.</summary>
        string ReminderName { get; }
    }
}
