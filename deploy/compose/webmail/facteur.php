<?php

// Webmail as Facteur serves it; the image includes this file after its own settings. The names are Roundcube's:
// https://github.com/roundcube/roundcubemail/wiki/Configuration

// This key seals the passwords that sessions hold. Without it nothing must run.
$secret = @file_get_contents('/run/secrets/roundcube-des-key');
if ($secret === false || strlen(trim($secret)) < 24) {
    throw new RuntimeException('/run/secrets/roundcube-des-key must be readable and hold 24 characters or more');
}
$config['cipher_method'] = 'AES-256-CBC';
$config['des_key'] = substr(base64_encode(hash('sha256', trim($secret), true)), 0, 32);
unset($secret);

// Both servers take passwords over TLS only. Within the network of the containers the certificate may be self-signed,
// and its name is the public one, so it is not checked.
$tls = ['ssl' => ['verify_peer' => false, 'verify_peer_name' => false, 'allow_self_signed' => true]];
$config['imap_host'] = 'tls://imap-gateway:143';
$config['imap_conn_options'] = $tls;
$config['imap_timeout'] = 30;
$config['smtp_host'] = 'tls://smtp-ingress:587';
$config['smtp_conn_options'] = $tls;
$config['smtp_timeout'] = 60;
$config['smtp_user'] = '%u';
$config['smtp_pass'] = '%p';

// People log in with their whole address, which becomes their first identity.
$config['username_domain'] = '';
$config['mail_domain'] = '';
$config['login_autocomplete'] = 2;
$config['login_rate_limit'] = 5;

// Behind the proxy: TLS ends there and the prefix is cut off there. The client's address is believed from it alone.
$config['request_path'] = '/webmail/';
$config['session_path'] = '/webmail/';
$config['use_https'] = true;
$config['session_samesite'] = 'Lax';
$config['proxy_whitelist'] = isset($_SERVER['HTTP_X_FORWARDED_FOR']) ? (gethostbynamel('proxy') ?: []) : [];

// Minutes; an open window keeps its session alive.
$config['session_lifetime'] = 60;

// The special folders of every account.
$config['drafts_mbox'] = 'Drafts';
$config['sent_mbox'] = 'Sent';
$config['junk_mbox'] = 'Junk';
$config['trash_mbox'] = 'Trash';
$config['archive_mbox'] = 'Archive';
$config['archive_type'] = '';
$config['create_default_folders'] = false;
$config['protect_default_folders'] = true;
$config['check_all_folders'] = true;

$config['plugins'] = ['archive', 'markasjunk', 'zipdownload'];
$config['markasjunk_learning_driver'] = null;
$config['zipdownload_selection'] = true;
$config['enable_spellcheck'] = false;

// Octets of the message with its attachments in base64; what the servers would refuse is refused before it is sent.
ini_set('memory_limit', '256M');
$config['max_message_size'] = (int) (getenv('FACTEUR_MAX_MESSAGE') ?: 52428800);

$config['product_name'] = 'Facteur';
$config['display_product_info'] = 0;
$config['support_url'] = '';
$config['useragent'] = null;
$config['log_driver'] = 'stdout';
$config['enable_installer'] = false;
