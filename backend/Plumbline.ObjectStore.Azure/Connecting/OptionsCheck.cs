using System.Globalization;
using System.Net;

namespace Plumbline.ObjectStore.Azure.Connecting;

/// <summary>What options may be. Nothing of a connection string or a signature is repeated in a message.</summary>
internal sealed class OptionsCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly List<string> _faults = [];

    public static void Run(AzureObjectStoreOptions options)
    {
        var check = new OptionsCheck();
        check.Account(options);
        check.Container(options.Container);
        check.Between(nameof(options.AttemptTimeout), options.AttemptTimeout, TimeSpan.FromSeconds(1), Longest);
        check.Between(nameof(options.Patience), options.Patience, TimeSpan.Zero, Longest);
        check.Between(nameof(options.FirstPause), options.FirstPause, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        check.Between(nameof(options.LongestPause), options.LongestPause, options.FirstPause, Longest);
        check.Between(nameof(options.BatchBytes), options.BatchBytes, 1, Limits.LargestBlock);
        check.Between(nameof(options.NearlyFullBlocks), options.NearlyFullBlocks, 1, Limits.MostBlocks - 1);
        if (check._faults.Count > 0) throw new ArgumentException($"The Azure object store cannot be opened: {string.Join(" ", check._faults)}", nameof(options));
    }

    private void Account(AzureObjectStoreOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString) == (options.Endpoint is null))
        {
            _faults.Add("Either ConnectionString or Endpoint has to be given, and not both.");
            return;
        }
        if (options.Credential is not null && options.Endpoint is not { Query: "" })
            _faults.Add("Credential is for an Endpoint without a shared access signature.");
        if (options.Endpoint is { } endpoint) Endpoint(endpoint);
    }

    private void Endpoint(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp))
        {
            _faults.Add("Endpoint has to be like https://account.blob.core.windows.net.");
            return;
        }
        // An emulator and an address by number carry the account's name in the path.
        var isNumber = IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out _) || endpoint.IsLoopback;
        if (!isNumber && endpoint.AbsolutePath != "/")
            _faults.Add($"Endpoint is that of the account, without the path '{endpoint.AbsolutePath}'; Container names the container.");
        if (endpoint.Scheme == Uri.UriSchemeHttps) return;
        if (!endpoint.IsLoopback) _faults.Add("Endpoint has to begin with https: what is stored and the credential would be readable on the way.");
        else if (endpoint.Query.Length == 0) _faults.Add("Signing in needs an Endpoint with https; an emulator takes a ConnectionString or a signature.");
    }

    private void Container(string name)
    {
        var isName = name is { Length: >= 3 and <= 63 } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
        if (!isName) _faults.Add($"Container is '{name}' and has to have 3 to 63 small letters, digits and single hyphens between them.");
    }

    private void Between<T>(string name, T value, T least, T most)
        where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value} and has to be {least} to {most}."));
    }
}
