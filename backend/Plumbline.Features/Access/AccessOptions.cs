using System.ComponentModel.DataAnnotations;

namespace Plumbline.Features.Access;

/// <summary>Limits and lifetimes of sign-in, membership and keys.</summary>
public sealed class AccessOptions
{
    /// <summary>How long a session lives. 14 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long the link for the first owner is valid. 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan OwnerLinkLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long an invitation is open. 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Failed sign-ins in a row for an account, from one network or one browser that has signed in to it before, after which whoever is
    /// there has to wait. 10.</summary>
    [Range(1, int.MaxValue)]
    public int MaxFailedSignIns { get; set; } = 10;

    /// <summary>Failed sign-ins for an account from all networks together after which every browser that has not signed in to it before has to
    /// wait. 100.</summary>
    [Range(1, int.MaxValue)]
    public int MaxFailedSignInsOfStrangers { get; set; } = 100;

    /// <summary>How long it has to wait. 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LockoutDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Iterations of PBKDF2-HMAC-SHA512 for new password hashes. 210,000.</summary>
    [Range(10_000, 100_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Shortest password. 8 characters.</summary>
    [Range(8, 200)]
    public int MinPasswordLength { get; set; } = 8;

    /// <summary>Members of an organization. 5,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxMembers { get; set; } = 5_000;

    /// <summary>Open invitations of an organization. 500.</summary>
    [Range(1, int.MaxValue)]
    public int MaxInvitations { get; set; } = 500;

    /// <summary>Organizations that a person can make or join. 200.</summary>
    [Range(1, int.MaxValue)]
    public int MaxOrganizationsPerUser { get; set; } = 200;

    /// <summary>API keys of a project, revoked ones included. 500.</summary>
    [Range(1, int.MaxValue)]
    public int MaxApiKeysPerProject { get; set; } = 500;

    /// <summary>How exact the time of a key's last use is. 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LastUsedPrecision { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often an idle subscription asks whether its caller may still listen. 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RecheckInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Subscriptions that one session or one API key may have open at a time. 200.</summary>
    [Range(1, int.MaxValue)]
    public int MaxSubscriptions { get; set; } = 200;

    /// <summary>Sign-in requests per minute and network address. 60.</summary>
    [Range(1, int.MaxValue)]
    public int SignInRequestsPerMinute { get; set; } = 60;
}
