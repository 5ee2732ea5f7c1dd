namespace Orleans.Configuration;

/// <summary>Limits on calls.</summary>
public sealed class SiloMessagingOptions
{
    /// <summary>How long a caller waits for an answer; default 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls may wait for one activation before further ones are refused with <see cref="Runtime.LimitExceededException"/>; default 10,000.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; } = 10_000;
}

/// <summary>When idle activations end.</summary>
public sealed class GrainCollectionOptions
{
    /// <summary>How long an activation must be idle; default 15 min.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often is looked; default 1 min.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a grain may take to activate; default 30 s.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a grain may take to end; default 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Limits on reminders.</summary>
public sealed class ReminderOptions
{
    /// <summary>The shortest period that may be asked for; default 1 min.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>What only the runtime for one process has.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>Copies every argument, result and stream item by its serialized members, and refuses what a cluster could not send. For tests.</summary>
    public bool Strict { get; set; }

    /// <summary>How long a stop waits for running and waiting calls before it ends them; default 20 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
