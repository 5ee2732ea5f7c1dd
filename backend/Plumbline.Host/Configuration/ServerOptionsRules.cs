using Plumbline.Features.Access.SignIn;
using Plumbline.Host.Hosting;

namespace Plumbline.Host.Configuration;

/// <summary>What the settings may be together. Secrets are never repeated in a sentence.</summary>
internal static class ServerOptionsRules
{
    public static IEnumerable<string> Problems(ServerOptions options)
    {
        if (options.Port != 0 && options.Port == options.OtlpGrpcPort)
            yield return $"--port (PLUMBLINE_PORT) and --otlp-grpc-port (PLUMBLINE_OTLP_GRPC_PORT) are both {options.Port}; they need two different ports.";
        if (options.OtlpHttpPort != 0 && options.OtlpHttpPort == options.OtlpGrpcPort)
            yield return "--otlp-http-port (PLUMBLINE_OTLP_HTTP_PORT) and --otlp-grpc-port (PLUMBLINE_OTLP_GRPC_PORT) are both "
                + $"{options.OtlpGrpcPort}; they need two different ports.";
        foreach (var problem in ClusterRules.Problems(options)) yield return problem;
        if (!options.Cluster.IsOn && File.Exists(options.Data))
            yield return $"--data (PLUMBLINE_DATA) is '{options.Data}', which is a file; name a folder.";
        if (options.Listen == ListenOn.Any && !options.Reach.HasTlsInFront && options.Reach.InsecureHttp == InsecureHttp.Refuse)
            yield return "--listen (PLUMBLINE_LISTEN) is 'any', and nothing says who takes care of TLS: passwords and sessions would travel in the clear. "
                + "Put a proxy with TLS in front and name its address for browsers with --public-url (PLUMBLINE_PUBLIC_URL) and its own with "
                + "--trusted-proxies (PLUMBLINE_TRUSTED_PROXIES); or, in a network where nobody listens, say --insecure-http allow "
                + "(PLUMBLINE_INSECURE_HTTP=allow).";
        foreach (var problem in FirstRunProblems(options.FirstRun)) yield return problem;
        foreach (var problem in ExportProblems(options).Distinct(StringComparer.Ordinal)) yield return problem;
    }

    private static IEnumerable<string> ExportProblems(ServerOptions options)
    {
        if (options.Telemetry.ExportToSelf == ExportToSelf.Allow) yield break;
        OtlpTarget?[] targets = [options.Telemetry.Traces, options.Telemetry.Metrics];
        foreach (var target in targets.OfType<OtlpTarget>().Where(t => OwnAddress.Is(t.Endpoint, options)))
            yield return $"{target.Variable} leads to port {target.Endpoint.Port} of this same server, which would keep telemetry of its own work in one "
                + "of its projects. Name another receiver, or allow it with --export-to-self allow or PLUMBLINE_EXPORT_TO_SELF=allow.";
    }

    private static IEnumerable<string> FirstRunProblems(FirstRunSettings asked)
    {
        if (asked.Project is not null && asked.Organization is null)
            yield return "PLUMBLINE_INIT_PROJECT is set without PLUMBLINE_INIT_ORGANIZATION; a project needs an organization.";
        if (asked.ApiKey is not null && asked.Project is null)
            yield return "PLUMBLINE_INIT_API_KEY is set without PLUMBLINE_INIT_PROJECT; a key needs a project.";
        if (asked.ApiKey is not null && !FirstRunSettings.IsApiKey(asked.ApiKey))
            yield return $"PLUMBLINE_INIT_API_KEY has {asked.ApiKey.Length} characters and is no API key; allowed is 'pl_' and at least 32 further "
                + "letters, digits or signs without blanks, 200 in all.";
        if (asked.OwnerEmail is not null && asked.Organization is null)
            yield return "PLUMBLINE_INIT_OWNER_EMAIL is set without PLUMBLINE_INIT_ORGANIZATION; an owner needs an organization.";
        if (asked.OwnerEmail is null != asked.OwnerPassword is null)
            yield return "PLUMBLINE_INIT_OWNER_EMAIL and PLUMBLINE_INIT_OWNER_PASSWORD go together; one of them is missing.";
        if (asked.OwnerEmail is not null && !FirstRunSettings.IsEmail(asked.OwnerEmail))
            yield return $"PLUMBLINE_INIT_OWNER_EMAIL is '{asked.OwnerEmail}'; allowed is an address such as name@example.com.";
        if (asked.OwnerPassword is { Length: < FirstRunSettings.MinPasswordLength or > FirstRunSettings.MaxPasswordLength })
            yield return $"PLUMBLINE_INIT_OWNER_PASSWORD has {asked.OwnerPassword.Length} characters; allowed are "
                + $"{FirstRunSettings.MinPasswordLength} to {FirstRunSettings.MaxPasswordLength}.";
        foreach (var (setting, name) in new[] { ("PLUMBLINE_INIT_ORGANIZATION", asked.Organization), ("PLUMBLINE_INIT_PROJECT", asked.Project) })
            if (name is not null && !FirstRunSettings.IsName(name)) yield return $"{setting} is '{name}'; allowed are 1 to 100 characters on one line.";
    }
}
