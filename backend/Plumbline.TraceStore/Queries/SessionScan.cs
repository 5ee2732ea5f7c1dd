using System.Runtime.CompilerServices;
using Plumbline.TraceStore.Blocks.Attributes;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Answers <see cref="SessionQuery"/>: looks at the newest segments until it knows which sessions make the page, then sums the traces of those
/// sessions in all.</summary>
internal sealed class SessionScan
{
    private static readonly Comparer<Session> Newest = Comparer<Session>.Create(
        (x, y) => x.Last != y.Last ? y.Last.CompareTo(x.Last) : string.CompareOrdinal(x.Id, y.Id));
    private readonly SegmentView[] _views;
    private readonly Dictionary<SegmentView, (Bitmap Rows, RowTest Test)> _rows = [];
    private readonly SessionQuery _query;
    private readonly (long LastSeen, string SessionId)? _after;

    private SessionScan(IReadOnlyList<SegmentView> views, SessionQuery query)
    {
        _views = [.. views.Where(v => v.Overlaps(query.Where?.Range)).OrderByDescending(v => v.Bounds.ToUnixNano)];
        _query = query;
        _after = query.After is null ? null : Cursor.ParseSession(query.After);
    }

    public static async ValueTask<SessionPage> RunAsync(
        IReadOnlyList<SegmentView> views, SessionQuery query, SpanStoreOptions options, CancellationToken cancellationToken)
    {
        TraceScan.Check(query.First, options);
        // Refused whether there is anything to be read by it or not.
        var fields = new FieldSet();
        TracePlan.Fields(query.Where, ref fields);
        var scan = new SessionScan(views, query);
        var page = await scan.PageAsync(cancellationToken).ConfigureAwait(false);
        Session[] shown = [.. page.Take(query.First)];
        await scan.SumAsync(shown, cancellationToken).ConfigureAwait(false);
        return new SessionPage([.. shown.Select(s => new SessionHit(s.Summary(), Cursor.FormatSession(s.Last, s.Id)))], page.Count > query.First);
    }

    // The sessions of the page and one more. No trace of a segment is newer than the latest span in it.
    private async ValueTask<List<Session>> PageAsync(CancellationToken cancellationToken)
    {
        var ids = new Utf8Interner();
        var sessions = new List<Session>();
        List<Session> page = [];
        var asked = _views.TakeWhile(view => page.Count <= _query.First || view.Bounds.ToUnixNano >= page[^1].Last);
        await foreach (var view in LoadedAsync(asked, hesitant: true, cancellationToken).ConfigureAwait(false))
        {
            await SeeAsync(view, ids, sessions, cancellationToken).ConfigureAwait(false);
            page = First(sessions);
        }
        return page;
    }

    // Keeps the page while going over all, so that not all are sorted.
    private List<Session> First(List<Session> sessions)
    {
        var page = new List<Session>(_query.First + 2);
        foreach (var session in sessions)
        {
            if (page.Count > _query.First && session.Last < page[^1].Last) continue;
            if (_after is { } a && (session.Last > a.LastSeen || (session.Last == a.LastSeen && string.CompareOrdinal(session.Id, a.SessionId) <= 0))) continue;
            var at = page.BinarySearch(session, Newest);
            page.Insert(at < 0 ? ~at : at, session);
            if (page.Count > _query.First + 1) page.RemoveAt(page.Count - 1);
        }
        return page;
    }

    private async IAsyncEnumerable<SegmentView> LoadedAsync(
        IEnumerable<SegmentView> views, bool hesitant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = ReadAhead.RunAsync(views, view => RowsAsync(view, cancellationToken), hesitant, cancellationToken);
        await foreach (var (view, rows) in read.ConfigureAwait(false))
        {
            _rows[view] = rows;
            yield return view;
        }
    }

    private async ValueTask<(SegmentView View, (Bitmap Rows, RowTest Test) Rows)> RowsAsync(SegmentView view, CancellationToken cancellationToken)
    {
        var fields = new FieldSet();
        TracePlan.Fields(_query.Where, ref fields);
        await view.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
        var test = await TracePlan.BuildAsync(_query.Where, view, cancellationToken).ConfigureAwait(false);
        return (view, ((await Scope.TracesAsync(view, _query.Hidden, cancellationToken).ConfigureAwait(false)).And(test.Upper), test));
    }

    private async ValueTask SeeAsync(SegmentView view, Utf8Interner ids, List<Session> sessions, CancellationToken cancellationToken)
    {
        var column = view.Column(TraceCode.Session);
        var starts = view.Column(TraceNumber.Start);
        var known = new Session?[column.Values.Count];
        var (rows, test) = _rows[view];
        for (var trace = 0; trace < rows.Length; trace++)
        {
            var code = rows[trace] ? column[trace] : 0;
            if (code == 0 || !(test.IsExact || await test.PassesAsync(trace, cancellationToken).ConfigureAwait(false))) continue;
            (known[code] ??= SessionOf(column.Values, code, ids, sessions)).See(starts[trace]);
        }
    }

    private static Session SessionOf(Utf8Dictionary values, int code, Utf8Interner ids, List<Session> sessions)
    {
        var index = ids.Intern(values[code]) - 1;
        if (index == sessions.Count) sessions.Add(new Session(values, code));
        return sessions[index];
    }

    private async ValueTask SumAsync(Session[] shown, CancellationToken cancellationToken)
    {
        if (shown.Length == 0) return;
        var byId = shown.ToDictionary(s => System.Text.Encoding.UTF8.GetBytes(s.Id), Utf8Equality.Instance);
        var lookup = byId.GetAlternateLookup<ReadOnlySpan<byte>>();
        await foreach (var _ in LoadedAsync(_views.Where(v => !_rows.ContainsKey(v)), hesitant: false, cancellationToken).ConfigureAwait(false)) { }
        foreach (var view in _views)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var column = view.Column(TraceCode.Session);
            var wanted = new bool[column.Values.Count];
            var ofCode = new Session?[wanted.Length];
            for (var code = 1; code < wanted.Length; code++) wanted[code] = lookup.TryGetValue(column.Values[code], out ofCode[code]);
            var (rows, test) = _rows[view];
            rows.And(column.Where(wanted));
            for (var trace = 0; trace < rows.Length; trace++)
            {
                if (rows[trace] && (test.IsExact || await test.PassesAsync(trace, cancellationToken).ConfigureAwait(false)))
                    ofCode[column[trace]]!.Add(view, trace);
            }
        }
    }

    private sealed class Session(Utf8Dictionary values, int code)
    {
        private string? _id;
        private (CodeColumn Column, int Code) _userCode;
        private long _first = long.MaxValue;
        private long _userSeen = long.MinValue;
        private int _traces;
        private long? _cost;
        private TokenSums _tokens;

        public string Id => _id ??= values.Text(code)!;

        public long Last { get; private set; } = long.MinValue;

        /// <summary>Notes that a trace of it starts then.</summary>
        public void See(long start) => Last = Math.Max(Last, start);

        /// <summary>Adds a trace to its sums.</summary>
        public void Add(SegmentView view, int trace)
        {
            var start = view.Column(TraceNumber.Start)[trace];
            _first = Math.Min(_first, start);
            _traces++;
            _tokens = StatsRow.Sum(_tokens, Summaries.Tokens(view, trace));
            if (Summaries.Known(view.Column(TraceNumber.Cost)[trace]) is { } cost) _cost = (_cost ?? 0) + cost;
            var users = view.Column(TraceCode.User);
            if (users[trace] == 0 || start < _userSeen) return;
            // Of two users at the same moment the same one is named every time.
            if (start == _userSeen && users.Values[users[trace]].SequenceCompareTo(_userCode.Column.Values[_userCode.Code]) <= 0) return;
            (_userSeen, _userCode) = (start, (users, users[trace]));
        }

        public SessionSummary Summary() => new(Id, _userCode.Column?.Values.Text(_userCode.Code), _first, Last, _traces, _tokens, _cost);
    }
}
