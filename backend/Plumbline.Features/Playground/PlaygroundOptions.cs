using System.ComponentModel.DataAnnotations;

namespace Plumbline.Features.Playground;

/// <summary>Limits of the playground.</summary>
public sealed class PlaygroundOptions
{
    /// <summary>Whether providers may be at loopback and private addresses, and be reached without TLS. false: a tenant could reach into
    /// the server's own network.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Longest run. 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxRunTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Time to reach a provider. 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest silence of a provider, before its first answer and between pieces. 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxSilence { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Times that a call is repeated which the provider certainly has not begun to work on. 2.</summary>
    [Range(0, 10)]
    public int MaxRepeats { get; set; } = 2;

    /// <summary>Longest pause that a provider may ask for before a call is repeated; one that asks for more has refused. 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Characters of an answer. 1,000,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxOutputLength { get; set; } = 1_000_000;

    /// <summary>Bytes of one line of a provider's stream. 1 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxLineBytes { get; set; } = 1024 * 1024;

    /// <summary>Characters of a provider's error that are kept. 4,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxErrorLength { get; set; } = 4_000;

    /// <summary>Bytes of a run's inputs. 1 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxInputBytes { get; set; } = 1024 * 1024;

    /// <summary>Runs of one project that may go on at once. 20.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRunsAtOnce { get; set; } = 20;

    /// <summary>Providers of a project. 50.</summary>
    [Range(1, int.MaxValue)]
    public int MaxProviders { get; set; } = 50;

    /// <summary>Models named by a provider. 200.</summary>
    [Range(1, int.MaxValue)]
    public int MaxModels { get; set; } = 200;

    /// <summary>Time between two pieces of the slow built-in model. 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan DemoPause { get; set; } = TimeSpan.FromMilliseconds(250);
}
