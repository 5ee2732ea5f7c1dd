namespace Plumbline.Host.Configuration;

/// <summary>Who may read the figures of the server as a whole.</summary>
internal enum MetricsAudience
{
    /// <summary>Programs on this machine that ask directly.</summary>
    Loopback,

    /// <summary>Everybody who reaches the port.</summary>
    Any,

    /// <summary>Nobody.</summary>
    Off,
}
